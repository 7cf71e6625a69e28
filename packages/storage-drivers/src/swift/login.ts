import {
  type JsonObject,
  type StorageError,
  type SwiftConnection,
  textOf,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import type { StorageAccess } from '../storage-driver'
import { authentication, tokensUrl } from './authentication'
import { cloudsEntry, type CloudsEntry } from './clouds-entry'
import { connectionAuth } from './connection-auth'
import { identityVersion, type IdentityVersion } from './identity-version'
import { describeProbeError, type ProbeError } from './probe-error'
import { swiftError } from './swift-error'

/** What is sent to be let in, and which region is then meant. It holds secret values. */
export type Login = {
  readonly version: IdentityVersion
  readonly url: URL
  readonly headers: { readonly [name: string]: string }
  /** Empty: none. */
  readonly body: string
  readonly region: string
}

const OPERATION = 'authenticate'

const refused = (message: string): E.Either<StorageError, never> =>
  E.left(swiftError('StorageRefused', OPERATION, message))

const incomplete = (message: string): E.Either<StorageError, never> =>
  E.left(swiftError('CredentialsRefused', OPERATION, message))

type Values = StorageAccess['values']

const given = (values: Values): JsonObject => ({
  username: values['username'] ?? '',
  password: values['password'] ?? '',
  application_credential_id: values['id'] ?? '',
  application_credential_name: values['name'] ?? '',
  application_credential_secret: values['secret'] ?? '',
  token: values['token'] ?? '',
})

const entryOf = (
  { target: { credentials }, values }: StorageAccess,
  connection: SwiftConnection,
): E.Either<StorageError, CloudsEntry> => {
  const said = connection.authVersion === 0 ? '' : String(connection.authVersion)
  const { cloud, region } = connection
  if (credentials.form !== 'clouds')
    return E.right({
      cloud,
      region,
      auth: connectionAuth(given(values), connection),
      version: said,
    })
  return pipe(
    cloudsEntry(values['clouds'] ?? '', cloud),
    E.mapLeft((error) => swiftError('CredentialsRefused', OPERATION, describeProbeError(error))),
    E.map((entry) => ({
      ...entry,
      region: region || entry.region,
      auth: connectionAuth(entry.auth, connection),
      version: said || entry.version,
    })),
  )
}

/** Without a scheme HTTP is meant, as the registry takes it. */
const withScheme = (address: string): string =>
  /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`

const addressOf = ({ auth }: CloudsEntry): E.Either<StorageError, URL> => {
  const address = textOf(auth['auth_url'])
  if (address === '') return refused('no authURL is given')
  const url = URL.parse(withScheme(address))
  return url !== null && ['http:', 'https:'].includes(url.protocol)
    ? E.right(url)
    : refused('authURL is no URL such as https://keystone.example.com:5000/v3')
}

/** Swift's own users, as its proxies may keep them themselves; where nothing is said, at the usual path. */
const firstVersion = (url: URL, { auth, region }: CloudsEntry): E.Either<StorageError, Login> => {
  const [user, key] = [textOf(auth['username']), textOf(auth['password'])]
  const at = new URL(url.pathname === '/' ? '/auth/v1.0' : url.pathname, url.origin)
  return user === '' || key === ''
    ? incomplete('version 1 needs a user and a password')
    : E.right({
        version: 1,
        url: at,
        headers: { 'X-Auth-User': user, 'X-Auth-Key': key },
        body: '',
        region,
      })
}

const posted = (url: URL, body: JsonObject): Pick<Login, 'url' | 'headers' | 'body'> => ({
  url,
  headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
  body: JSON.stringify(body),
})

const tenantOf = (auth: JsonObject): JsonObject => {
  const id = textOf(auth['project_id']) || textOf(auth['tenant_id'])
  const name = textOf(auth['project_name']) || textOf(auth['tenant_name'])
  if (id !== '') return { tenantId: id }
  return name === '' ? {} : { tenantName: name }
}

const secondVersion = (url: URL, { auth, region }: CloudsEntry): E.Either<StorageError, Login> => {
  const [username, password, token] = ['username', 'password', 'token'].map((field) =>
    textOf(auth[field]),
  )
  const who = token
    ? { token: { id: token } }
    : username && password
      ? { passwordCredentials: { username, password } }
      : undefined
  const root = url.pathname.replace(/\/+$/, '').replace(/\/v2(\.0)?$/, '')
  return who === undefined
    ? incomplete('Keystone 2.0 needs a user and a password, or a token')
    : E.right({
        version: 2,
        region,
        ...posted(new URL(`${root}/v2.0/tokens`, url.origin), {
          auth: { ...who, ...tenantOf(auth) },
        }),
      })
}

const missing = ({ target }: StorageAccess, error: ProbeError): E.Either<StorageError, never> => {
  if (target.credentials.form === 'clouds') return incomplete(describeProbeError(error))
  return incomplete(
    error._tag === 'CloudIncomplete' ? `the credentials have no ${error.missing}` : error._tag,
  )
}

// What was called a tenant is a project to the third version.
const asProject = (auth: JsonObject): JsonObject => ({
  project_id: auth['tenant_id'] ?? '',
  project_name: auth['tenant_name'] ?? '',
  ...auth,
})

const thirdVersion =
  (access: StorageAccess) =>
  (url: URL, entry: CloudsEntry): E.Either<StorageError, Login> =>
    pipe(
      E.Do,
      E.apSW('body', authentication({ ...entry, auth: asProject(entry.auth) })),
      E.apSW('url', tokensUrl({ ...entry, auth: { auth_url: `${url.origin}${url.pathname}` } })),
      E.match(
        (error) => missing(access, error),
        ({ body, url: at }) =>
          E.right({ version: 3, region: entry.region, ...posted(at, body) } as const),
      ),
    )

/** How these credentials ask to be let in; fails where they cannot even be tried. */
export const login = (
  access: StorageAccess,
  connection: SwiftConnection,
): E.Either<StorageError, Login> =>
  pipe(
    entryOf(access, connection),
    E.flatMap((entry) =>
      pipe(
        addressOf(entry),
        E.flatMap((url) => {
          switch (identityVersion(url, entry.version)) {
            case 1:
              return firstVersion(url, entry)
            case 2:
              return secondVersion(url, entry)
            case 3:
              return thirdVersion(access)(url, entry)
          }
        }),
      ),
    ),
  )
