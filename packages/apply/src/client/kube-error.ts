import {
  textOf,
  isJsonArray,
  isJsonObject,
  type ApplyError,
  type Json,
  type ObjectRef,
} from '@image-registry-operator/render/model'

import type { RequestFailure } from './kube-client'

/** A `Status`, as far as we read it. */
type StatusParts = {
  readonly reason: string
  readonly message: string
  readonly causes: ReadonlyArray<{ readonly field: string; readonly message: string }>
  readonly retryAfterSeconds: number
}

const causesOf = (details: Json | undefined): StatusParts['causes'] =>
  isJsonObject(details) && isJsonArray(details['causes'])
    ? details['causes']
        .filter(isJsonObject)
        .map((cause) => ({ field: textOf(cause['field']), message: textOf(cause['message']) }))
    : []

const statusParts = (body: unknown): StatusParts => {
  if (!isJsonObject(body)) return { reason: '', message: '', causes: [], retryAfterSeconds: 0 }
  const details = body['details']
  const seconds = isJsonObject(details) ? details['retryAfterSeconds'] : undefined
  return {
    reason: textOf(body['reason']),
    message: textOf(body['message']),
    causes: causesOf(details),
    retryAfterSeconds: typeof seconds === 'number' ? seconds : 0,
  }
}

const MAX_MESSAGE = 600

const MAX_VALUE = 60

/** Long quoted texts are values that somebody sent; the field's name says enough. */
const withoutValues = (message: string): string =>
  message.replace(/"(?:[^"\\]|\\.)*"/g, (quoted) => (quoted.length > MAX_VALUE ? '"…"' : quoted))

const shortened = (message: string): string =>
  message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message

/**
 * One line without values, resource versions and other things that differ from one attempt to the next.
 * The text of a failed precondition names resource versions, so a conflict is told in our words.
 */
const messageOf = (code: number, { reason, message, causes }: StatusParts): string => {
  const fields = causes.map((cause) => `${cause.field}: ${cause.message}`).join('; ')
  if (code === 409 && reason === 'AlreadyExists') return 'it exists already'
  if (code === 409 && fields === '') return 'it changed between reading and writing'
  const said = fields !== '' && code !== 403 ? fields : message
  return shortened(withoutValues(said === '' ? `the API server answered ${code}` : said))
}

const DEFAULT_RETRY_MS = 1000

const retryAfter = (
  code: number,
  header: string | undefined,
  seconds: number,
): number | undefined => {
  const asked = /^\d+$/.test(header ?? '') ? Number(header) : seconds
  if (asked > 0) return asked * 1000
  return code === 429 ? DEFAULT_RETRY_MS : undefined
}

/** What a code, a `Retry-After` header and a `Status` body say together. */
export const refused = (
  code: number,
  body: unknown,
  retryAfterHeader?: string,
): RequestFailure & { readonly _tag: 'Refused' } => {
  const status = statusParts(body)
  const retryAfterMs = retryAfter(code, retryAfterHeader, status.retryAfterSeconds)
  return {
    _tag: 'Refused',
    code,
    reason: status.reason,
    message: messageOf(code, status),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  }
}

/** An answer did not come. The cause keeps its text only: errors of sockets drag requests along. */
export const noAnswer = (cause: unknown): RequestFailure => ({
  _tag: 'NoAnswer',
  cause: cause instanceof Error ? cause.message : cause,
})

/** What server-side apply answers, with code 500, to fields that the schema does not have or that are of another type. */
const NOT_IN_SCHEMA = 'failed to create typed patch object'

/** What a failed request means for the object that it was about. */
export const toApplyError =
  (ref: ObjectRef) =>
  (failure: RequestFailure): ApplyError => {
    if (failure._tag === 'NoAnswer') return { _tag: 'Unreachable', ref, cause: failure.cause }
    const { code, message, retryAfterMs } = failure
    if (code === 429 || (code === 503 && retryAfterMs !== undefined))
      return { _tag: 'Throttled', ref, retryAfterMs: retryAfterMs ?? DEFAULT_RETRY_MS }
    switch (code) {
      case 409:
        return { _tag: 'Conflict', ref, message }
      case 401:
      case 403:
        return { _tag: 'Forbidden', ref, message }
      case 404:
      case 410:
        return { _tag: 'NotFound', ref, message }
      default:
        return code >= 500 && !message.startsWith(NOT_IN_SCHEMA)
          ? { _tag: 'ServerError', ref, code, message }
          : { _tag: 'Invalid', ref, message }
    }
  }

/** One line for people and logs. */
export const showFailure = (failure: RequestFailure): string =>
  failure._tag === 'Refused'
    ? `${failure.code}: ${failure.message}`
    : `no answer: ${String(failure.cause)}`
