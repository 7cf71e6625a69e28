import { type JsonObject, textOf } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'

import { cloudsEntry } from './clouds-entry'
import type { ProbeError } from './probe-error'

/** The forms of credentials that a clouds.yaml may hold, each complete. */
export type CloudsForm = 'application-credential' | 'token' | 'password'

/** What a clouds.yaml says of a cloud that is no secret. What it does not say is empty. */
export type CloudsReading = {
  readonly authUrl: string
  readonly tenant: string
  readonly tenantId: string
  readonly domain: string
  readonly domainId: string
  readonly region: string
  /** As it is written, e.g. `3` or `2.0`. */
  readonly authVersion: string
  /** In the order in which they are tried. */
  readonly forms: ReadonlyArray<CloudsForm>
}

/** The fields of a clouds.yaml that are secret values. */
export type CloudsSecretField =
  | 'username'
  | 'password'
  | 'application_credential_id'
  | 'application_credential_name'
  | 'application_credential_secret'
  | 'token'

const first = (auth: JsonObject, fields: ReadonlyArray<string>): string =>
  fields.map((field) => textOf(auth[field])).find((text) => text !== '') ?? ''

const hasAll = (auth: JsonObject, fields: ReadonlyArray<string>): boolean =>
  fields.every((field) => textOf(auth[field]) !== '')

const hasUser = (auth: JsonObject): boolean => first(auth, ['user_id', 'username']) !== ''

const hasApplicationCredential = (auth: JsonObject): boolean =>
  hasAll(auth, ['application_credential_secret']) &&
  (hasAll(auth, ['application_credential_id']) ||
    (hasAll(auth, ['application_credential_name']) && hasUser(auth)))

const forms = (auth: JsonObject): ReadonlyArray<CloudsForm> => [
  ...(hasApplicationCredential(auth) ? (['application-credential'] as const) : []),
  ...(hasAll(auth, ['token']) ? (['token'] as const) : []),
  ...(hasAll(auth, ['password']) && hasUser(auth) ? (['password'] as const) : []),
]

// Whoever stands in an address may stand there with a password.
const withoutUser = (address: string): string => address.replace(/^([^/]*\/\/)?[^/]*@/, '$1')

/** What the registry is told of a cloud. A domain of the user's counts where none is named for both. */
export const cloudsReading = (text: string, cloud: string): E.Either<ProbeError, CloudsReading> =>
  pipe(
    cloudsEntry(text, cloud),
    E.map(({ auth, region, version }) => ({
      authUrl: withoutUser(textOf(auth['auth_url'])),
      tenant: first(auth, ['project_name', 'tenant_name']),
      tenantId: first(auth, ['project_id', 'tenant_id']),
      domain: first(auth, ['domain_name', 'user_domain_name']),
      domainId: first(auth, ['domain_id', 'user_domain_id']),
      region,
      authVersion: version,
      forms: forms(auth),
    })),
  )

/** One secret value of a cloud; none where the file does not have it. */
export const cloudsSecret = (
  text: string,
  cloud: string,
  field: CloudsSecretField,
): O.Option<string> =>
  pipe(
    O.fromEither(cloudsEntry(text, cloud)),
    O.map(({ auth }) => textOf(auth[field])),
    O.filter((value) => value !== ''),
  )
