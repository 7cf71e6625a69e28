import { describe, expect, it } from 'vitest'

import { s3Error } from './s3-error'

const answer = (status: number, Code?: string, headers: object = {}) =>
  Object.assign(new Error(`said ${Code ?? 'nothing'}`), {
    name: Code ?? 'Unknown',
    ...(Code === undefined ? {} : { Code }),
    $metadata: { httpStatusCode: status },
    $response: { headers },
  })

const tagOf = (cause: unknown, operation = 'HeadBucket') => s3Error('S3')(cause, operation)._tag

describe('what an answer means', () => {
  it.each([
    [401, undefined, 'CredentialsRefused'],
    [403, undefined, 'AccessDenied'],
    [403, 'AccessDenied', 'AccessDenied'],
    [403, 'InvalidAccessKeyId', 'CredentialsRefused'],
    [403, 'SignatureDoesNotMatch', 'CredentialsRefused'],
    [400, 'ExpiredToken', 'CredentialsRefused'],
    [400, 'InvalidIdentityToken', 'CredentialsRefused'],
    [404, 'XAdminUserNotFound', 'CredentialsRefused'],
    [404, 'NoSuchBucket', 'StorageNotFound'],
    [404, undefined, 'StorageNotFound'],
    [409, 'BucketAlreadyExists', 'NameTaken'],
    [409, 'BucketAlreadyOwnedByYou', 'StorageConflict'],
    [409, 'BucketNotEmpty', 'StorageConflict'],
    [409, 'OperationAborted', 'StorageConflict'],
    [412, 'PreconditionFailed', 'StorageConflict'],
    [400, 'TooManyBuckets', 'QuotaExceeded'],
    [507, 'XMinioStorageFull', 'QuotaExceeded'],
    [503, 'SlowDown', 'StorageThrottled'],
    [429, undefined, 'StorageThrottled'],
    [400, 'ThrottlingException', 'StorageThrottled'],
    [503, 'ServiceUnavailable', 'StorageFailed'],
    [500, undefined, 'StorageFailed'],
    [200, undefined, 'StorageFailed'],
    [400, 'InvalidBucketName', 'StorageRefused'],
    [400, 'AuthorizationHeaderMalformed', 'StorageRefused'],
    [301, 'PermanentRedirect', 'StorageRefused'],
    [405, 'MethodNotAllowed', 'StorageRefused'],
  ])('%s %s: %s', (status, code, tag) => {
    expect(tagOf(answer(status, code))).toBe(tag)
  })

  it.each([
    [501, 'NotImplemented', 'PutBucketEncryption'],
    [405, 'MethodNotAllowed', 'GetBucketTagging'],
    [400, 'MalformedXML', 'PutPublicAccessBlock'],
    [400, 'InvalidArgument', 'PutBucketLifecycleConfiguration'],
    [501, undefined, 'ListObjectVersions'],
  ])('%s %s on %s: the service does not have it', (status, code, operation) => {
    expect(tagOf(answer(status, code), operation)).toBe('Unsupported')
  })

  it.each([
    [400, 'InvalidArgument', 'PutBucketEncryption'],
    [400, 'MalformedXML', 'PutBucketTagging'],
    [403, 'AccessDenied', 'PutPublicAccessBlock'],
  ])('%s %s on %s: something is wrong', (status, code, operation) => {
    expect(tagOf(answer(status, code), operation)).not.toBe('Unsupported')
  })

  it('what cannot do without is not called unsupported', () => {
    expect(tagOf(answer(501, 'NotImplemented'), 'CreateBucket')).toBe('StorageFailed')
  })

  it('half of a refusal is a failure that passes; to HEAD there is no other half', () => {
    expect(tagOf(answer(400), 'PutBucketTagging')).toBe('StorageFailed')
    expect(tagOf(answer(400), 'HeadBucket')).toBe('StorageRefused')
  })

  it('the time that the service asks for is kept', () => {
    const error = s3Error('S3')(answer(503, undefined, { 'retry-after': '7' }), 'HeadBucket')
    expect(error).toMatchObject({ _tag: 'StorageThrottled', retryAfterMs: 7_000, code: '503' })
  })
})

describe('no answer', () => {
  it.each([
    [
      Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:443'), { code: 'ECONNREFUSED' }),
      'ECONNREFUSED',
    ],
    [Object.assign(new Error('aborted'), { name: 'AbortError' }), 'ETIMEDOUT'],
    [Object.assign(new Error('late'), { name: 'TimeoutError' }), 'ETIMEDOUT'],
    [new Error('fetch failed', { cause: { code: 'ENOTFOUND' } }), 'ENOTFOUND'],
    [
      Object.assign(new Error('tunnel by http://user:password@proxy failed'), {
        code: 'ERR_PROXY_TUNNEL',
      }),
      'ERR_PROXY_TUNNEL',
    ],
    ['a text', 'unknown'],
    [undefined, 'unknown'],
  ])('%s', (cause, code) => {
    expect(s3Error('IbmCos')(cause, 'HeadBucket')).toEqual({
      _tag: 'StorageUnreachable',
      backend: 'IbmCos',
      operation: 'HeadBucket',
      code: 'none',
      message: `no answer (${code})`,
    })
  })
})
