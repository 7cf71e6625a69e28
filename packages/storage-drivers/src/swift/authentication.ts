import { type JsonObject, textOf } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'

import type { CloudsEntry } from './clouds-entry'
import type { ProbeError } from './probe-error'

/** Where Keystone, version 3, is asked for a token. */
export const tokensUrl = ({ cloud, auth }: CloudsEntry): E.Either<ProbeError, URL> => {
  const address = textOf(auth['auth_url'])
  if (address === '') return E.left({ _tag: 'CloudIncomplete', cloud, missing: 'auth.auth_url' })
  const url = URL.parse(address)
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    return E.left({ _tag: 'AddressUnusable', cloud })
  // With or without a version, below whatever path: `/`, `/identity`, `/identity/v3`.
  const root = url.pathname.replace(/\/+$/, '').replace(/\/v(2\.0|3)$/, '')
  return E.right(new URL(`${url.origin}${root}/v3/auth/tokens`))
}

const DEFAULT_DOMAIN: JsonObject = { id: 'default' }

/** The first of the domains that is named, by its id or its name. */
const domain = (
  auth: JsonObject,
  prefixes: ReadonlyArray<'user_' | 'project_' | ''>,
): JsonObject => {
  const named = prefixes
    .flatMap((prefix) => ['id', 'name'].map((by) => ({ by, field: `${prefix}domain_${by}` })))
    .find(({ field }) => textOf(auth[field]) !== '')
  return named === undefined ? DEFAULT_DOMAIN : { [named.by]: textOf(auth[named.field]) }
}

const user = (auth: JsonObject): JsonObject | undefined => {
  const [id, name] = [textOf(auth['user_id']), textOf(auth['username'])]
  if (id !== '') return { id }
  return name === '' ? undefined : { name, domain: domain(auth, ['user_', '']) }
}

const scope = (auth: JsonObject): JsonObject => {
  const [id, name] = [textOf(auth['project_id']), textOf(auth['project_name'])]
  if (id !== '') return { scope: { project: { id } } }
  const owner = domain(auth, ['project_', '', 'user_'])
  return name === '' ? {} : { scope: { project: { name, domain: owner } } }
}

// It belongs to a project already, and Keystone refuses to be told of one.
const applicationCredential = (auth: JsonObject): JsonObject | undefined => {
  const id = textOf(auth['application_credential_id'])
  const name = textOf(auth['application_credential_name'])
  const secret = textOf(auth['application_credential_secret'])
  const owner = user(auth)
  const by = id !== '' ? { id } : name !== '' && owner !== undefined ? { name, user: owner } : {}
  return secret === '' || Object.keys(by).length === 0
    ? undefined
    : {
        identity: {
          methods: ['application_credential'],
          application_credential: { ...by, secret },
        },
      }
}

const token = (auth: JsonObject): JsonObject | undefined => {
  const id = textOf(auth['token'])
  return id === '' ? undefined : { identity: { methods: ['token'], token: { id } }, ...scope(auth) }
}

const password = (auth: JsonObject): JsonObject | undefined => {
  const [owner, secret] = [user(auth), textOf(auth['password'])]
  return owner === undefined || secret === ''
    ? undefined
    : {
        identity: { methods: ['password'], password: { user: { ...owner, password: secret } } },
        ...scope(auth),
      }
}

/** What Keystone, version 3, is sent: an application credential, a token or a password, the first that is complete. */
export const authentication = ({
  cloud,
  auth,
}: CloudsEntry): E.Either<ProbeError, { readonly auth: JsonObject }> => {
  const body = applicationCredential(auth) ?? token(auth) ?? password(auth)
  return body === undefined
    ? E.left({
        _tag: 'CloudIncomplete',
        cloud,
        missing:
          'auth.username with auth.password, auth.application_credential_id with auth.application_credential_secret, or auth.token',
      })
    : E.right({ auth: body })
}
