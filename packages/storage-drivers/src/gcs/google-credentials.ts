import {
  isJsonObject,
  type Json,
  type JsonObject,
  textOf,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

/** A key of a service account: whoever has it is that account. */
export type ServiceAccountKey = {
  readonly _tag: 'ServiceAccountKey'
  readonly email: string
  readonly keyId: string
  /** PEM. */
  readonly privateKey: string
  readonly tokenUrl: string
}

/** Workload identity: a token that somebody else vouches for, in a file, is exchanged for one of Google. */
export type ExternalAccount = {
  readonly _tag: 'ExternalAccount'
  readonly audience: string
  readonly subjectTokenType: string
  readonly tokenUrl: string
  readonly tokenFile: string
  /** Where in the file the token is, if the file is JSON; empty: the file is the token. */
  readonly tokenField: string
  /** Where the token is exchanged once more, for one of a service account; empty: it is not. */
  readonly impersonationUrl: string
  readonly impersonationSeconds: number
}

/** Who asks Google, as one of its JSON documents says it. */
export type GoogleCredentials = ServiceAccountKey | ExternalAccount

const TOKEN_URL = 'https://oauth2.googleapis.com/token'
const JWT_TYPE = 'urn:ietf:params:oauth:token-type:jwt'
const HOUR = 3600

/** The text of a field that there has to be; says which one is missing. */
const needed = (fields: JsonObject, name: string): E.Either<string, string> => {
  const value = textOf(fields[name])
  return value === '' ? E.left(`it has no ${name}`) : E.right(value)
}

/** Keys and tokens go there: in clear they would be everybody's. */
const secureUrl = (url: string, name: string): E.Either<string, string> =>
  URL.canParse(url) && new URL(url).protocol === 'https:'
    ? E.right(url)
    : E.left(`its ${name} is no https URL`)

const serviceAccountKey = (fields: JsonObject): E.Either<string, GoogleCredentials> =>
  pipe(
    E.Do,
    E.apSW('email', needed(fields, 'client_email')),
    E.apSW('privateKey', needed(fields, 'private_key')),
    E.apSW('tokenUrl', secureUrl(textOf(fields['token_uri']) || TOKEN_URL, 'token_uri')),
    E.map((found) => ({
      _tag: 'ServiceAccountKey',
      keyId: textOf(fields['private_key_id']),
      ...found,
    })),
  )

const objectAt = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})

const tokenField = (source: JsonObject): E.Either<string, string> => {
  const format = objectAt(source['format'])
  return textOf(format['type']) === 'json'
    ? needed(format, 'subject_token_field_name')
    : E.right('')
}

const impersonation = (fields: JsonObject): E.Either<string, string> => {
  const name = 'service_account_impersonation_url'
  const url = textOf(fields[name])
  return url === '' ? E.right('') : secureUrl(url, name)
}

const lifetime = (fields: JsonObject): number => {
  const seconds = objectAt(fields['service_account_impersonation'])['token_lifetime_seconds']
  return typeof seconds === 'number' && seconds > 0 ? seconds : HOUR
}

/** Only from files: metadata servers and programs belong to the machine, not to the cluster's credentials. */
const externalAccount = (fields: JsonObject): E.Either<string, GoogleCredentials> => {
  const source = objectAt(fields['credential_source'])
  return pipe(
    E.Do,
    E.apSW('audience', needed(fields, 'audience')),
    E.apSW('tokenUrl', secureUrl(textOf(fields['token_url']), 'token_url')),
    E.apSW(
      'tokenFile',
      pipe(
        needed(source, 'file'),
        E.mapLeft(() => 'its credential_source names no file'),
      ),
    ),
    E.apSW('tokenField', tokenField(source)),
    E.apSW('impersonationUrl', impersonation(fields)),
    E.map((found) => ({
      _tag: 'ExternalAccount',
      subjectTokenType: textOf(fields['subject_token_type']) || JWT_TYPE,
      impersonationSeconds: lifetime(fields),
      ...found,
    })),
  )
}

/** Who asks, from the text of a JSON document; or what is wrong with it. No value of it is in what is said. */
export const googleCredentials = (document: string): E.Either<string, GoogleCredentials> => {
  const parsed = E.tryCatch((): unknown => JSON.parse(document), E.toError)
  if (E.isLeft(parsed) || !isJsonObject(parsed.right)) return E.left('it is no JSON object')
  const fields = parsed.right
  switch (textOf(fields['type'])) {
    case 'service_account':
      return serviceAccountKey(fields)
    case 'external_account':
      return externalAccount(fields)
    default:
      return E.left('its type is neither service_account nor external_account')
  }
}
