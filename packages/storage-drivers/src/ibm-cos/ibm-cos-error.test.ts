import { describe, expect, it } from 'vitest'

import { carriedBy, ibmCosError, TOKEN_OPERATION } from './ibm-cos-error'

const answered = (status: number, body: unknown = '', headers = {}) => ({
  _tag: 'Answered' as const,
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

describe('a refusal', () => {
  it.each([
    [401, 'CredentialsRefused'],
    [403, 'AccessDenied'],
    [404, 'StorageNotFound'],
    [409, 'StorageConflict'],
    [410, 'StorageNotFound'],
    [423, 'StorageConflict'],
    [400, 'StorageRefused'],
    [301, 'StorageFailed'],
    [500, 'StorageFailed'],
    [503, 'StorageFailed'],
    [501, 'Unsupported'],
  ])('with status %i is %s', (status, tag) => {
    expect(ibmCosError(answered(status), 'GetResourceKey')).toMatchObject({
      _tag: tag,
      backend: 'IbmCos',
      operation: 'GetResourceKey',
      code: `${status}`,
      message: `HTTP ${status}`,
    })
  })

  it('of an API key is a matter of credentials, though its status says that the request is bad', () => {
    const body = {
      errorCode: 'BXNIM0415E',
      errorMessage: 'Provided API key could not be found.',
      context: { requestId: 'abc-123' },
    }
    expect(ibmCosError(answered(400, body), TOKEN_OPERATION)).toEqual({
      _tag: 'CredentialsRefused',
      backend: 'IbmCos',
      operation: TOKEN_OPERATION,
      code: 'BXNIM0415E',
      message: 'Provided API key could not be found.',
    })
  })

  it('of tokens altogether does not say that a storage is not there', () => {
    expect(ibmCosError(answered(404), TOKEN_OPERATION)).toMatchObject({
      _tag: 'CredentialsRefused',
      code: '404',
    })
  })

  it.each([
    ['resource controller', { error_code: 'RC-1', message: 'No' }, 'RC-1'],
    ['resource manager', { errors: [{ code: 'not_found', message: 'No' }] }, 'not_found'],
    ['object storage', '<Error><Code>NoSuchKey</Code><Message>No</Message></Error>', 'NoSuchKey'],
  ])('is read in the words of the %s', (_name, body, code) => {
    expect(ibmCosError(answered(400, body), 'X')).toMatchObject({ code, message: 'No' })
  })

  it('is told alike each time, in one line', () => {
    const told = (id: string) =>
      ibmCosError(
        answered(400, { message: `Broken\n here (transaction_id: bss-${id})`, status_code: 400 }),
        'X',
      )
    expect(told('1-2')).toEqual(told('3-4'))
    expect(told('1')).toMatchObject({ message: 'Broken here' })
  })

  it('because of a quota is told from one because of permissions', () => {
    const body = { error_code: 'RC-QuotaExceeded', message: 'Quota exceeded' }
    expect(ibmCosError(answered(403, body), 'CreateResourceInstance')).toMatchObject({
      _tag: 'QuotaExceeded',
    })
  })

  it.each([
    [429, {}, 0],
    [429, { 'retry-after': '7' }, 7_000],
    [503, { 'retry-after': '2' }, 2_000],
    [429, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, 0],
  ])('with status %i and %j is a request to wait', (status, headers, retryAfterMs) => {
    expect(ibmCosError(answered(status, '', headers), 'X')).toMatchObject({
      _tag: 'StorageThrottled',
      retryAfterMs,
    })
  })
})

describe('other failures', () => {
  it('are an answer that cannot be read', () => {
    expect(ibmCosError({ _tag: 'Unreadable', status: 200 }, 'X')).toMatchObject({
      _tag: 'StorageFailed',
      code: '200',
    })
  })

  it('are no answer at all, with the code of Node and no address', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:41234'), {
      code: 'ECONNREFUSED',
    })
    const error = ibmCosError(cause, 'X')
    expect(error).toMatchObject({ _tag: 'StorageUnreachable', backend: 'IbmCos' })
    expect(error.message).toContain('ECONNREFUSED')
    expect(error.message).not.toContain('41234')
  })

  it('are those of others, as they were', () => {
    const error = ibmCosError({ _tag: 'Uncertain', failure: answered(429) }, 'CreateResourceKey')
    expect(error).toMatchObject({
      _tag: 'StorageConflict',
      code: '429',
      message: 'HTTP 429; what it may have made is looked for before another attempt',
    })
    expect(ibmCosError(carriedBy(error), 'HeadBucket')).toBe(error)
  })
})
