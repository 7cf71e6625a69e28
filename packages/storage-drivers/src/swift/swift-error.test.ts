import { describe, expect, it } from 'vitest'

import { failed, isRefusal, refusedAnswer, toSwiftError, unreadable } from './swift-error'

const from = (code: number, body = '', headers = {}) =>
  toSwiftError(failed(refusedAnswer({ code, headers, body })), 'PUT container')

describe('an answer of an object store is', () => {
  it.each([
    [300, 'StorageRefused'],
    [400, 'StorageRefused'],
    [401, 'CredentialsRefused'],
    [403, 'AccessDenied'],
    [404, 'StorageNotFound'],
    [405, 'Unsupported'],
    [409, 'StorageConflict'],
    [412, 'StorageRefused'],
    [413, 'QuotaExceeded'],
    [429, 'StorageThrottled'],
    [498, 'StorageThrottled'],
    [500, 'StorageFailed'],
    [501, 'Unsupported'],
    [503, 'StorageFailed'],
    [507, 'StorageFailed'],
  ])('%d: %s', (code, _tag) => {
    expect(from(code)).toMatchObject({
      _tag,
      backend: 'Swift',
      operation: 'PUT container',
      code: String(code),
    })
  })

  it('throttling with the time that it asks for, 503 with such a time as well', () => {
    const headers = { 'retry-after': '3' }
    const throttled = { _tag: 'StorageThrottled', retryAfterMs: 3_000 }
    expect([429, 498, 503].map((code) => from(code, '', headers))).toMatchObject([
      throttled,
      throttled,
      throttled,
    ])
  })
})

describe('the message is', () => {
  it.each([
    ['<html><h1>Conflict</h1><p>There was a conflict.</p></html>', 'There was a conflict.'],
    ['Reached container limit of 5', 'Reached container limit of 5'],
    ['Failed: tx0123456789abcdef01234-0065a1b2c3 somewhere', 'Failed: somewhere'],
    ['{"Code":"TooManyBuckets","RequestId":"tx1","HostId":"h"}', 'TooManyBuckets'],
    ['<html><body>Ray ID 7b2</body></html>', 'Conflict'],
    ['one line\nand another at 10:31', 'Conflict'],
    ['{"truncated', 'Conflict'],
    ['', 'Conflict'],
    ['x'.repeat(500), 'x'.repeat(200)],
  ])('from the body %j: %j', (body, message) => {
    expect(from(409, body)).toMatchObject({ message })
  })

  it('for Keystone not what it says, which may repeat a password', () => {
    const answer = refusedAnswer({
      code: 400,
      headers: {},
      body: '{"error":{"message":"0123 is not of type string"}}',
    })
    const cause = failed({ ...answer, server: 'https://keystone:5000' })
    expect(toSwiftError(cause, 'authenticate')).toMatchObject({
      _tag: 'StorageRefused',
      code: '400',
      message: 'https://keystone:5000: Bad Request',
    })
  })
})

it.each([
  [401, 'CredentialsRefused'],
  [403, 'CredentialsRefused'],
  [404, 'StorageRefused'],
  [429, 'StorageThrottled'],
  [503, 'StorageFailed'],
])('Keystone with %d: %s, and never a missing container', (code, _tag) => {
  const cause = failed({ ...refusedAnswer({ code, headers: {}, body: '' }), server: 'http://k' })
  expect(toSwiftError(cause, 'authenticate')).toMatchObject({ _tag })
})

describe('without a whole answer', () => {
  const named = (name: string, code?: string) =>
    Object.assign(new Error('at 127.0.0.1:49152'), { name, ...(code && { code }) })

  it.each([
    [named('AbortError', 'ABORT_ERR'), 'StorageUnreachable', 'no answer in time'],
    [named('TimeoutError'), 'StorageUnreachable', 'no answer in time'],
    [named('Error', 'ECONNREFUSED'), 'StorageUnreachable', 'no answer (ECONNREFUSED)'],
    [named('Error', 'CERT_HAS_EXPIRED'), 'StorageUnreachable', 'no answer (CERT_HAS_EXPIRED)'],
    ['a text', 'StorageUnreachable', 'no answer'],
    [
      named('TypeError', 'ERR_INVALID_CHAR'),
      'StorageRefused',
      'a name or a value cannot be sent in a header',
    ],
    [failed(unreadable('not JSON')), 'StorageFailed', 'not JSON'],
  ])('%s is %s', (cause, _tag, message) => {
    const error = { _tag, message, code: 'none', backend: 'Swift', operation: 'HEAD container' }
    expect(toSwiftError(cause, 'HEAD container')).toEqual(error)
  })
})

it('only an answer below 500 says for sure that nothing was done', () => {
  const answers = [403, 409, 500].map((code) =>
    failed(refusedAnswer({ code, headers: {}, body: '' })),
  )
  const causes = [...answers, failed(unreadable('cut')), new Error('reset'), 'a text']
  expect(causes.map(isRefusal)).toEqual([true, true, false, false, false, false])
})
