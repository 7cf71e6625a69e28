import type { StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { StorageCaller } from './storage-call'
import type { StorageAccess } from './storage-driver'

const HIDDEN = '[redacted]'

/** Values that are secret as a whole; the others of an access only say who asks, and where. */
const SECRETS = ['secret', 'key', 'clientSecret', 'apiKey', 'password', 'token']
/** Documents, of which only some entries are. */
const DOCUMENTS = ['file', 'clouds']

/** Where a token is, and who gives one out, is no secret: people have to find it. */
const SECRET_ENTRY =
  /(?:secret|password|token|private_key|api_?key)(?!_(?:file|uri|url)\b)\w*["']?[ \t]*[:=][ \t]*["']?([^"'\r\n]+)/gi

/** Whoever has a shorter one has it in every other word. */
const SHORTEST = 4

/** The secret texts among the values of an access. */
const secretsOf = ({ values }: Pick<StorageAccess, 'values'>): ReadonlyArray<string> => [
  ...SECRETS.map((name) => values[name] ?? ''),
  ...DOCUMENTS.flatMap((name) =>
    [...(values[name] ?? '').matchAll(SECRET_ENTRY)].map(([, value = '']) => value.trim()),
  ),
]

/** How requests spell a text. */
const spellings = (secret: string): ReadonlyArray<string> => [
  secret,
  // Half a character of two cannot be encoded; no request has one.
  encodeURIComponent(Buffer.from(secret).toString()),
  JSON.stringify(secret).slice(1, -1),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
]

/**
 * What shows by its form that it lets somebody in: for what a service has given us meanwhile, and for what it repeats of a
 * request.
 */
const FORMS: ReadonlyArray<RegExp> = [
  /-----BEGIN [^-]+-----.*?(-----END [^-]+-----|$)/gs,
  /\beyJ[\w-]{8,}(\.[\w-]*)*/g,
  /\bya29\.[\w.-]+/g,
  /(?<=\b(bearer|basic|sharedkey|sharedkeylite)\s+)[\w+/=.~:-]{16,}/gi,
  /(?<=\b(sig|signature|[\w-]*(key|secret|password|token|assertion|credential))["']?\s?[=:]\s?["']?)[^\s"'&;,<>]{8,}/gi,
  /\b[0-9a-f]{40,}\b/g,
]

const LONG_RUN = /[\w+/-]{36,}={0,2}/g

const share = (text: string, some: RegExp): number =>
  (text.match(some) ?? []).length / Math.max(1, text.length)

/** Paths and names of requests are long as well, but made of words. */
const isRandom = (run: string): boolean =>
  share(run, /[A-Z]/g) > 0.15 && share(run, /[a-z]/g) > 0.15 && /\d/.test(run)

const withoutRandom = (text: string): string =>
  text.replace(LONG_RUN, (run) => (isRandom(run) ? HIDDEN : run))

/** Messages are cut where they are too long, and then end in the beginning of a secret. */
const withoutEnd = (text: string, secret: string): string => {
  const lengths = Array.from(
    { length: Math.max(0, secret.length - SHORTEST) },
    (_, less) => secret.length - 1 - less,
  )
  const length = lengths.find((some) => text.endsWith(secret.slice(0, some)))
  return length === undefined ? text : `${text.slice(0, -length)}${HIDDEN}`
}

const discreetText = (text: string, secrets: ReadonlyArray<string>): string =>
  FORMS.reduce(
    (told, form) => told.replace(form, HIDDEN),
    withoutRandom(
      secrets.reduce((told, secret) => withoutEnd(told.replaceAll(secret, HIDDEN), secret), text),
    ),
  )

/** An error without anything in its texts that lets somebody in. */
export const withoutSecrets = (
  access: Pick<StorageAccess, 'values'>,
): (<Failure extends StorageError>(error: Failure) => Failure) => {
  const secrets = secretsOf(access)
    .flatMap(spellings)
    .filter((text) => text.length >= SHORTEST)
    // A longer one may have a shorter one in it.
    .sort((one, other) => other.length - one.length)
  return (error) => ({
    ...error,
    code: discreetText(error.code, secrets),
    message: discreetText(error.message, secrets),
  })
}

/** The same caller, whose failures tell nobody what one is let in with. */
export const discreetCaller = (
  call: StorageCaller,
  access: Pick<StorageAccess, 'values'>,
): StorageCaller => {
  const discreet = withoutSecrets(access)
  return (request) => pipe(call(request), TE.mapLeft(discreet))
}
