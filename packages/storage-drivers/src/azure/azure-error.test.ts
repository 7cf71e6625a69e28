import { describe, expect, it } from 'vitest'

import { azureError } from './azure-error'

type Answer = {
  readonly status: number
  readonly code?: string
  readonly message?: string
  readonly headers?: { readonly [name: string]: string }
}

const answer = ({ status, code, message = 'no.', headers = {} }: Answer): Error =>
  Object.assign(new Error(message), {
    name: 'RestError',
    statusCode: status,
    ...(code === undefined ? {} : { code }),
    response: { status, headers: new Map(Object.entries(headers)) },
  })

const tag = (given: Answer): string => azureError(answer(given), 'Operation')._tag

const failure = (fields: object): Error =>
  Object.assign(new Error('failed at 10.0.0.1:443'), fields)

describe('what Azure answers', () => {
  it('is told by its status where nothing else is known', () => {
    expect(
      [400, 401, 403, 404, 405, 409, 412, 429, 500, 501, 503].map((status) => tag({ status })),
    ).toEqual([
      'StorageRefused',
      'CredentialsRefused',
      'AccessDenied',
      'StorageNotFound',
      'Unsupported',
      'StorageConflict',
      'StorageConflict',
      'StorageThrottled',
      'StorageFailed',
      'Unsupported',
      'StorageFailed',
    ])
  })

  it('is told by its code where that says more', () => {
    expect(tag({ status: 403, code: 'AuthenticationFailed' })).toBe('CredentialsRefused')
    expect(tag({ status: 404, code: 'SubscriptionNotFound' })).toBe('CredentialsRefused')
    expect(tag({ status: 409, code: 'StorageAccountAlreadyTaken' })).toBe('NameTaken')
    expect(tag({ status: 409, code: 'ScopeLocked' })).toBe('AccessDenied')
    expect(tag({ status: 409, code: 'ContainerBeingDeleted' })).toBe('StorageConflict')
    expect(tag({ status: 400, code: 'MaxStorageAccountsCountPerSubscriptionExceeded' })).toBe(
      'QuotaExceeded',
    )
    expect(tag({ status: 503, code: 'ServerBusy' })).toBe('StorageThrottled')
    expect(tag({ status: 200, code: 'PARSE_ERROR' })).toBe('StorageFailed')
  })

  it('has its code in a header when there is no body', () => {
    const headers = { 'x-ms-error-code': 'ContainerNotFound' }
    expect(azureError(answer({ status: 404, headers }), 'GetContainerProperties')).toEqual({
      _tag: 'StorageNotFound',
      backend: 'Azure',
      operation: 'GetContainerProperties',
      code: 'ContainerNotFound',
      message: 'no.',
    })
  })

  it('says how long to wait, in milliseconds before seconds', () => {
    const wait = (headers: { [name: string]: string }) =>
      azureError(answer({ status: 429, headers }), 'Operation')
    expect(wait({ 'retry-after': '17' })).toMatchObject({ retryAfterMs: 17_000 })
    expect(wait({ 'retry-after': '17', 'x-ms-retry-after-ms': '250' })).toMatchObject({
      retryAfterMs: 250,
    })
    expect(wait({})).toMatchObject({ retryAfterMs: 5_000 })
    expect(wait({ 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' })).toMatchObject({
      retryAfterMs: 5_000,
    })
  })
})

describe('no answer', () => {
  it('is told by the code of the network, without an address', () => {
    for (const code of ['ECONNRESET', 'ENOTFOUND', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])
      expect(azureError(failure({ name: 'RestError', code }), 'Operation')).toEqual({
        _tag: 'StorageUnreachable',
        backend: 'Azure',
        operation: 'Operation',
        code: 'none',
        message: code,
      })
  })

  it('in time is one as well', () => {
    expect(azureError(failure({ name: 'AbortError' }), 'Operation')).toMatchObject({
      _tag: 'StorageUnreachable',
      message: 'no answer in time',
    })
  })

  it('that anybody can read is a failure of the service', () => {
    expect(azureError(failure({ name: 'RestError', code: 'PARSE_ERROR' }), 'Operation')._tag).toBe(
      'StorageFailed',
    )
  })
})

describe('what Entra refuses', () => {
  it('is about the credentials, with its code, and alike each time', () => {
    const refusal = (id: string) =>
      azureError(
        failure({
          name: 'AuthenticationRequiredError',
          message:
            `invalid_client: Error(s): 7000215 - Timestamp: 2026-11-0${id} 10:00:0${id}Z - Description: ` +
            `AADSTS7000215: Invalid client secret provided for app 'a-1'. Trace ID: ${id}-1 Correlation ID: ${id}-2 ` +
            `Timestamp: 2026-11-0${id} 10:00:0${id}Z - Correlation ID: ${id}-2 - Trace ID: ${id}-1`,
        }),
        'GetStorageAccount',
      )
    expect(refusal('1')).toEqual(refusal('2'))
    expect(refusal('1')).toMatchObject({
      _tag: 'CredentialsRefused',
      code: 'AADSTS7000215',
      message: "AADSTS7000215: Invalid client secret provided for app 'a-1'.",
    })
  })

  it('does not come to be asked for when the file with the token is missing', () => {
    expect(azureError(failure({ code: 'ENOENT' }), 'Operation')._tag).toBe('CredentialsRefused')
  })
})

describe('an answer that the library quotes as a whole', () => {
  const quoting = (fields: object, message: string): Error =>
    Object.assign(new Error(message), { name: 'RestError', statusCode: 200, ...fields })
  const KEYS = '{"keys":[{"value":"canary'

  it('is not told where it could not be read', () => {
    const message = `Error "x" occurred while parsing the response body - ${KEYS}.`
    expect(azureError(quoting({ code: 'PARSE_ERROR' }, message), 'ListAccountKeys')).toMatchObject({
      _tag: 'StorageFailed',
      message: 'the answer ended too early, or cannot be read',
    })
  })

  it('is not told where it is all that there is', () => {
    const page = quoting({ statusCode: 502, response: { status: 502, bodyAsText: KEYS } }, KEYS)
    expect(azureError(page, 'ListAccountKeys').message).toBe('HTTP 502')
  })

  it('is not told where it is that of whoever gives tokens', () => {
    const message = `AuthenticationError: Status code: 400 More details: Response body: ${KEYS}`
    const refused = quoting({ name: 'AuthenticationError', statusCode: 400 }, message)
    expect(azureError(refused, 'GetStorageAccount')).toMatchObject({
      _tag: 'CredentialsRefused',
      message: 'no token was given (AuthenticationError)',
    })
  })
})

it('a file that is missing is told, and what is in it is not', () => {
  expect(azureError(failure({ code: 'ENOENT' }), 'Operation').message).toBe(
    'the file with the token cannot be read (ENOENT)',
  )
})

it('anything at all can be told', () => {
  for (const cause of [undefined, null, 'text', 7, {}, [], new TypeError('x is not a function')])
    expect(azureError(cause, 'Operation')._tag).toBe('StorageFailed')
})
