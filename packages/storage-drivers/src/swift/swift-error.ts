import type { IncomingHttpHeaders } from 'node:http'

import type { StorageError } from '@image-registry-operator/render/model'

import type { ToStorageError } from '../storage-call'
import { answerText, statusText } from './answer-text'
import { retryAfterMs } from './retry-after'

/** A whole answer, whatever its code. */
export type SwiftAnswer = {
  readonly code: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** An answer that is no success. `server`: of Keystone, whose words may repeat what it was sent; empty for an object store. */
export type RefusedAnswer = SwiftAnswer & {
  readonly _tag: 'RefusedAnswer'
  readonly server: string
}

/** An answer that ends too early, or that nobody can read. */
export type UnreadableAnswer = { readonly _tag: 'UnreadableAnswer'; readonly why: string }

export type SwiftFailure = RefusedAnswer | UnreadableAnswer

/** An answer of an object store that is no success. */
export const refusedAnswer = (answer: SwiftAnswer): RefusedAnswer => ({
  _tag: 'RefusedAnswer',
  ...answer,
  server: '',
})

/** An answer that nobody can read, and why. */
export const unreadable = (why: string): UnreadableAnswer => ({ _tag: 'UnreadableAnswer', why })

/** A failure in the form that promises are rejected with. */
export const failed = (failure: SwiftFailure): Error & { readonly failure: SwiftFailure } =>
  Object.assign(new Error(failure._tag), { failure })

const isTagged = (value: unknown): value is { readonly _tag: unknown } =>
  typeof value === 'object' && value !== null && '_tag' in value

const isFailure = (value: unknown): value is SwiftFailure =>
  isTagged(value) && (value._tag === 'RefusedAnswer' || value._tag === 'UnreadableAnswer')

const failureOf = (cause: unknown): SwiftFailure | undefined =>
  cause instanceof Error && 'failure' in cause && isFailure(cause.failure)
    ? cause.failure
    : undefined

/** What a request failed with says for sure that nothing was done. */
export const isRefusal = (cause: unknown): boolean => {
  const failure = failureOf(cause)
  return failure?._tag === 'RefusedAnswer' && failure.code < 500
}

type Tag = Exclude<StorageError['_tag'], 'StorageThrottled'>

const TAGS: { readonly [code: number]: Tag } = {
  401: 'CredentialsRefused',
  403: 'AccessDenied',
  404: 'StorageNotFound',
  405: 'Unsupported',
  409: 'StorageConflict',
  413: 'QuotaExceeded',
  501: 'Unsupported',
}

// Keystone refuses a person with 403 as well, and 404 means that there is no Keystone at that address.
const IDENTITY_TAGS: typeof TAGS = {
  401: 'CredentialsRefused',
  403: 'CredentialsRefused',
  413: 'StorageFailed',
}

/** 498 is what the rate limit of Swift says. */
const isThrottled = ({ code, headers }: SwiftAnswer): boolean =>
  code === 429 || code === 498 || (code === 503 && headers['retry-after'] !== undefined)

const tagOf = ({ server, code }: RefusedAnswer): Tag =>
  (server === '' ? TAGS : IDENTITY_TAGS)[code] ?? (code >= 500 ? 'StorageFailed' : 'StorageRefused')

const textOfRefusal = (answer: RefusedAnswer): string =>
  answer.server === '' ? answerText(answer) : `${answer.server}: ${statusText(answer.code)}`

const fromRefusal = (answer: RefusedAnswer, operation: string): StorageError => {
  const what = {
    backend: 'Swift',
    operation,
    code: String(answer.code),
    message: textOfRefusal(answer),
  } as const
  return isThrottled(answer)
    ? { ...what, _tag: 'StorageThrottled', retryAfterMs: retryAfterMs(answer.headers) }
    : { ...what, _tag: tagOf(answer) }
}

/** A failure that no answer tells of. */
export const swiftError = (
  _tag: Tag,
  operation: string,
  message: string,
): Extract<StorageError, { _tag: Tag }> => ({
  _tag,
  backend: 'Swift',
  operation,
  code: 'none',
  message,
})

/** A name or a value that no header can hold. */
const UNSENDABLE: ReadonlyArray<string> = ['ERR_INVALID_CHAR', 'ERR_INVALID_HTTP_TOKEN']

const isTimeout = (cause: Error): boolean =>
  cause.name === 'TimeoutError' || cause.name === 'AbortError'

const fromUnanswered = (cause: unknown, operation: string): StorageError => {
  if (!(cause instanceof Error)) return swiftError('StorageUnreachable', operation, 'no answer')
  if (isTimeout(cause)) return swiftError('StorageUnreachable', operation, 'no answer in time')
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name
  return UNSENDABLE.includes(code)
    ? swiftError('StorageRefused', operation, 'a name or a value cannot be sent in a header')
    : swiftError('StorageUnreachable', operation, `no answer (${code})`)
}

/** What a request to Keystone or to an object store failed with. */
export const toSwiftError: ToStorageError = (cause, operation) => {
  const failure = failureOf(cause)
  if (failure === undefined) return fromUnanswered(cause, operation)
  return failure._tag === 'RefusedAnswer'
    ? fromRefusal(failure, operation)
    : swiftError('StorageFailed', operation, failure.why)
}
