import type { JsonObject } from '@image-registry-operator/render/model'
import { describe, expect, it } from 'vitest'

import { gcsError, operationError } from './gcs-error'
import { failedRequest } from './google-failure'

const OPERATION = 'storage.buckets.get'

const refusal = (status: number, answer: JsonObject = {}, retryAfterMs = 0) =>
  gcsError(failedRequest({ _tag: 'Refused', status, answer, retryAfterMs }), OPERATION)

const ofStorage = (reason: string, message = 'so it is'): JsonObject => ({
  error: { code: 400, message, errors: [{ domain: 'global', reason, message }] },
})

describe('a refusal of Cloud Storage', () => {
  it.each([
    [400, 'invalid', 'StorageRefused'],
    [401, 'authError', 'CredentialsRefused'],
    [403, 'forbidden', 'AccessDenied'],
    [403, 'rateLimitExceeded', 'StorageThrottled'],
    [403, 'userRateLimitExceeded', 'StorageThrottled'],
    [403, 'quotaExceeded', 'QuotaExceeded'],
    [404, 'notFound', 'StorageNotFound'],
    [405, 'methodNotAllowed', 'Unsupported'],
    [408, 'requestTimeout', 'StorageFailed'],
    [409, 'conflict', 'StorageConflict'],
    [412, 'conditionNotMet', 'StorageConflict'],
    [429, 'rateLimitExceeded', 'StorageThrottled'],
    [500, 'internalError', 'StorageFailed'],
    [503, 'backendError', 'StorageFailed'],
  ])('%i %s is %s, with its own reason as the code', (status, reason, tag) => {
    expect(refusal(status, ofStorage(reason))).toMatchObject({
      _tag: tag,
      backend: 'Gcs',
      operation: OPERATION,
      code: reason,
      message: 'so it is',
    })
  })

  it('without a body of its own is told apart by its status', () => {
    expect(refusal(502)).toMatchObject({
      _tag: 'StorageFailed',
      code: '502',
      message: 'HTTP 502',
    })
    expect(refusal(301)).toMatchObject({ _tag: 'StorageFailed', code: '301' })
  })

  it('that says when to come back is heeded', () => {
    expect(refusal(429, {}, 7_000)).toMatchObject({ retryAfterMs: 7_000 })
    expect(refusal(503, {}, 3_000)).toMatchObject({ _tag: 'StorageThrottled', retryAfterMs: 3_000 })
  })

  it('is told in one line that does not grow without end', () => {
    const { message } = refusal(400, ofStorage('invalid', `a\n\n  b ${'x'.repeat(9_000)}`))
    expect(message).toMatch(/^a b x+$/)
    expect(message.length).toBeLessThanOrEqual(400)
  })
})

describe('a refusal of whoever gives tokens', () => {
  it.each([400, 401, 403])('with %i is about the credentials', (status) => {
    const answer = { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' }
    expect(refusal(status, answer)).toMatchObject({
      _tag: 'CredentialsRefused',
      code: 'invalid_grant',
      message: 'Invalid JWT Signature.',
    })
  })

  it('is the same from one token to the next', () => {
    const refusedAt = (time: string) =>
      refusal(400, { error: 'invalid_grant', error_description: `issued at ${time} is stale` })
    expect(refusedAt('1763731234')).toEqual(refusedAt('1763739999'))
    expect(refusedAt('2026-11-21T15:00:00Z')).toEqual(refusedAt('2026-11-21 16:00:00.123'))
  })

  it('is a passing one if the service itself fails', () => {
    expect(refusal(500, { error: 'internal_failure' })._tag).toBe('StorageFailed')
    expect(refusal(429, { error: 'slow_down' })._tag).toBe('StorageThrottled')
  })
})

describe('a refusal of the Resource Manager', () => {
  it('has the name of its status as the code', () => {
    const answer = { error: { code: 403, message: 'no', status: 'PERMISSION_DENIED' } }
    expect(refusal(403, answer)).toMatchObject({ _tag: 'AccessDenied', code: 'PERMISSION_DENIED' })
  })

  it.each([
    [3, 'StorageRefused', 'INVALID_ARGUMENT'],
    [6, 'StorageConflict', 'ALREADY_EXISTS'],
    [7, 'AccessDenied', 'PERMISSION_DENIED'],
    [8, 'StorageThrottled', 'RESOURCE_EXHAUSTED'],
    [10, 'StorageConflict', 'ABORTED'],
    [13, 'StorageFailed', 'INTERNAL'],
    [99, 'StorageFailed', 'UNKNOWN'],
  ])('at the end of a long operation, %i, is %s', (code, tag, name) => {
    expect(operationError({ code, message: 'no' }, 'tagBindings.create')).toMatchObject({
      _tag: tag,
      code: name,
      message: 'no',
    })
  })
})

describe('no answer', () => {
  it('names the host and the cause', () => {
    const failure = { _tag: 'NoAnswer', host: 'storage.googleapis.com', why: 'ECONNRESET' } as const
    expect(gcsError(failedRequest(failure), OPERATION)).toEqual({
      _tag: 'StorageUnreachable',
      backend: 'Gcs',
      operation: OPERATION,
      code: 'none',
      message: 'no answer of storage.googleapis.com (ECONNRESET)',
    })
  })

  it('that can be read is a failure of the service', () => {
    const failure = { _tag: 'Unreadable', host: 'storage.googleapis.com' } as const
    expect(gcsError(failedRequest(failure), OPERATION)._tag).toBe('StorageFailed')
  })

  it('because of a mistake of ours does not quote what was to be sent', () => {
    const error = gcsError(new TypeError('Bearer ya29.secret'), OPERATION)
    expect(error).toMatchObject({ _tag: 'StorageFailed', code: 'none' })
    expect(error.message).not.toContain('secret')
  })
})
