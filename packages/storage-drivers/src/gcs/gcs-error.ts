import {
  isJsonObject,
  type Json,
  type JsonObject,
  objectsOf,
  type StorageError,
  textOf,
} from '@image-registry-operator/render/model'

import type { ToStorageError } from '../storage-call'
import { type GoogleFailure, isFailedRequest } from './google-failure'

/** What a service says of a failure. `isOfTokens`: in the words of OAuth, so it is about who asks. */
type Said = { readonly code: string; readonly message: string; readonly isOfTokens: boolean }

const LONGEST_MESSAGE = 400

/** Tokens are refused with the time at which they were issued, which differs from one to the next. */
const TIMES = /\b\d{10}(\.\d+)?\b|\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}\S*/g

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_MESSAGE)

const ofTokens = (answer: JsonObject): Said => ({
  code: textOf(answer['error']),
  message: oneLine(textOf(answer['error_description']).replace(TIMES, '…')),
  isOfTokens: true,
})

/** Of the two forms of Google's APIs: one lists reasons, the other has a status by name. */
const ofService = (error: JsonObject): Said => ({
  code: textOf(objectsOf(error['errors'])[0]?.['reason']) || textOf(error['status']),
  message: oneLine(textOf(error['message'])),
  isOfTokens: false,
})

const said = (answer: JsonObject): Said => {
  const error: Json | undefined = answer['error']
  return isJsonObject(error) ? ofService(error) : ofTokens(answer)
}

const RATE_REASONS: ReadonlySet<string> = new Set(['rateLimitExceeded', 'userRateLimitExceeded'])
const QUOTA_REASONS: ReadonlySet<string> = new Set(['quotaExceeded', 'dailyLimitExceeded'])

const tagOf403 = (code: string): 'StorageThrottled' | 'QuotaExceeded' | 'AccessDenied' => {
  if (RATE_REASONS.has(code)) return 'StorageThrottled'
  return QUOTA_REASONS.has(code) ? 'QuotaExceeded' : 'AccessDenied'
}

const TAGS: { readonly [status: number]: StorageError['_tag'] } = {
  401: 'CredentialsRefused',
  404: 'StorageNotFound',
  405: 'Unsupported',
  408: 'StorageFailed',
  409: 'StorageConflict',
  412: 'StorageConflict',
  429: 'StorageThrottled',
  501: 'Unsupported',
}

type Refused = Extract<GoogleFailure, { readonly _tag: 'Refused' }>

const isAboutTokens = (status: number, { code, isOfTokens }: Said): boolean =>
  isOfTokens && code !== '' && status < 500 && status !== 429

const tagOf = ({ status, retryAfterMs }: Refused, what: Said): StorageError['_tag'] => {
  if (status === 503 && retryAfterMs > 0) return 'StorageThrottled'
  if (isAboutTokens(status, what)) return 'CredentialsRefused'
  if (status === 403) return tagOf403(what.code)
  return TAGS[status] ?? (status >= 400 && status < 500 ? 'StorageRefused' : 'StorageFailed')
}

const refused = (failure: Refused, operation: string): StorageError => {
  const what = said(failure.answer)
  const _tag = tagOf(failure, what)
  const call = {
    backend: 'Gcs',
    operation,
    code: what.code || `${failure.status}`,
    message: what.message || `HTTP ${failure.status}`,
  } as const
  return _tag === 'StorageThrottled'
    ? { _tag, ...call, retryAfterMs: failure.retryAfterMs }
    : { _tag, ...call }
}

const errorOf = (failure: GoogleFailure, operation: string): StorageError => {
  const call = { backend: 'Gcs', operation, code: 'none' } as const
  switch (failure._tag) {
    case 'Refused':
      return refused(failure, operation)
    case 'Unreadable':
      return {
        _tag: 'StorageFailed',
        ...call,
        message: `the answer of ${failure.host} is not whole, or not JSON`,
      }
    case 'NoAnswer':
      return {
        _tag: 'StorageUnreachable',
        ...call,
        message: `no answer of ${failure.host} (${failure.why})`,
      }
  }
}

/** What a failed request to an API of Google means for a storage. */
export const gcsError: ToStorageError = (cause, operation) =>
  isFailedRequest(cause)
    ? errorOf(cause.failure, operation)
    : {
        _tag: 'StorageFailed',
        backend: 'Gcs',
        operation,
        code: 'none',
        // What it says may hold what was sent.
        message: `the request could not be made (${cause instanceof Error ? cause.name : typeof cause})`,
      }

/** Where the codes of gRPC stand in HTTP, and their names; from google/rpc/code.proto. */
const RPC_CODES: { readonly [code: number]: readonly [status: number, name: string] } = {
  3: [400, 'INVALID_ARGUMENT'],
  4: [504, 'DEADLINE_EXCEEDED'],
  5: [404, 'NOT_FOUND'],
  6: [409, 'ALREADY_EXISTS'],
  7: [403, 'PERMISSION_DENIED'],
  8: [429, 'RESOURCE_EXHAUSTED'],
  9: [400, 'FAILED_PRECONDITION'],
  10: [409, 'ABORTED'],
  12: [501, 'UNIMPLEMENTED'],
  13: [500, 'INTERNAL'],
  14: [503, 'UNAVAILABLE'],
  16: [401, 'UNAUTHENTICATED'],
}

/** What the error that a long operation ended with means for a storage. */
export const operationError = (error: JsonObject, operation: string): StorageError => {
  const [status, name] = RPC_CODES[Number(error['code'])] ?? [500, 'UNKNOWN']
  const answer = { error: { status: name, message: textOf(error['message']) } }
  return refused({ _tag: 'Refused', status, answer, retryAfterMs: 0 }, operation)
}
