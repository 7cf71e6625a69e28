import type { StorageError, StorageStep } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { afterEach, describe, expect, it } from 'vitest'

import type { StorageAccess } from '../storage-driver'
import { s3UnderTest } from '../testing/s3-under-test'
import { failed, type S3Answer, type S3Request, startScriptedS3 } from '../testing/scripted-s3'

const CREATE: StorageStep = { _tag: 'Create', part: 'bucket' }
const HEAD = 'HEAD /bucket'
const PUT = 'PUT /bucket'
const LIST = 'GET /bucket?list-type=2&max-keys=1'
const OK: S3Answer = { status: 200 }
const VERSIONS = 'GET /bucket?versions'
const HIDDEN = 'GET /bucket?max-keys=1&versions'
const TAGGING = {
  status: 200,
  body: '<Tagging><TagSet><Tag><Key>mine</Key><Value>uid-1</Value></Tag></TagSet></Tagging>',
}

let stop: () => Promise<void> = () => Promise.resolve()
afterEach(() => stop())

const withAnswers = async (answer: (request: S3Request, count: number) => S3Answer) => {
  const server = await startScriptedS3(answer)
  ;({ stop } = server)
  return server
}

const created = async (access: StorageAccess): Promise<E.Either<StorageError, void>> => {
  const [outcome] = await s3UnderTest().driver.ensure(access, [CREATE], () => () => undefined)()
  return outcome?.result ?? E.right(undefined)
}

const seenError = async (access: StorageAccess): Promise<StorageError | undefined> => {
  const result = await s3UnderTest().driver.observe(access, { _tag: 'Everything', counts: false })()
  const sight = E.isRight(result) ? result.right.sight.parts.bucket : undefined
  return sight?._tag === 'Unseen' ? sight.error : undefined
}

/** What a bucket of ours answers until it is emptied. */
const ours = (line: string): S3Answer | undefined => {
  if (line === HEAD) return OK
  if (line === LIST) return { status: 200, body: '<ListBucketResult></ListBucketResult>' }
  if (line === HIDDEN) return versions()
  return line === 'GET /bucket?tagging' ? TAGGING : undefined
}

const versions = (...keys: ReadonlyArray<string>): S3Answer => ({
  status: 200,
  body: `<ListVersionsResult>${keys
    .map(
      (key) =>
        `<Version><Key>${key}</Key><VersionId>null</VersionId><IsLatest>true</IsLatest></Version>`,
    )
    .join('')}</ListVersionsResult>`,
})

const removed = (access: StorageAccess): Promise<E.Either<StorageError, void>> =>
  s3UnderTest().driver.remove(
    access,
    [{ part: 'bucket', marks: { mine: 'uid-1' } }],
    () => () => undefined,
  )()

describe('making a bucket', () => {
  it('a name that another account has is taken', async () => {
    const { access } = await withAnswers(({ line }) =>
      line === PUT ? failed(409, 'BucketAlreadyExists') : { status: 404 },
    )
    expect(await created(access)).toMatchObject({
      left: { _tag: 'NameTaken', code: 'BucketAlreadyExists', operation: 'CreateBucket' },
    })
  })

  it('who has been told nothing asks again, and does not mind that it has been made meanwhile', async () => {
    const { access, requests } = await withAnswers(({ line }, count) => {
      if (line === PUT)
        return count === 0 ? { status: 0, cut: true } : failed(409, 'BucketAlreadyOwnedByYou')
      return line === HEAD ? { status: count === 0 ? 404 : 200 } : OK
    })
    expect(await created(access)).toEqual(E.right(undefined))
    const [tagging] = requests.filter(({ line }) => line === 'PUT /bucket?tagging')
    expect(tagging?.body).toContain('<Key>mine</Key><Value>uid-1</Value>')
    expect(tagging?.body).toContain('<Key>Name</Key><Value>registry</Value>')
  })

  it('what somebody of the same account has made in between is not taken over', async () => {
    const { access, requests } = await withAnswers(({ line }) => {
      if (line === PUT) return failed(409, 'BucketAlreadyOwnedByYou')
      return line === HEAD ? { status: 404 } : failed(404, 'NoSuchTagSet')
    })
    expect(await created(access)).toMatchObject({ left: { _tag: 'NameTaken' } })
    expect(requests.filter(({ line }) => line === 'PUT /bucket?tagging')).toEqual([])
  })

  it('what is there is not made again: some regions would call it a success', async () => {
    const { access, requests } = await withAnswers(({ line }) =>
      line.endsWith('?tagging') ? failed(404, 'NoSuchTagSet') : OK,
    )
    expect(await created(access)).toMatchObject({ left: { _tag: 'NameTaken' } })
    expect(requests.map(({ line }) => line)).not.toContain(PUT)
  })

  it('a new bucket is tagged once it shows', async () => {
    const { access, requests } = await withAnswers(({ line }, count) =>
      line === HEAD && count < 3 ? { status: 404 } : OK,
    )
    expect(await created(access)).toEqual(E.right(undefined))
    expect(requests.map(({ line }) => line)).toEqual([
      HEAD,
      PUT,
      HEAD,
      HEAD,
      HEAD,
      'PUT /bucket?tagging',
    ])
    expect(requests[1]?.body).toContain('<LocationConstraint>eu-central-1</LocationConstraint>')
  })

  it('a service without tags keeps images as well', async () => {
    const { access } = await withAnswers(({ line }, count) => {
      if (line === HEAD) return { status: count === 0 ? 404 : 200 }
      return line === PUT ? OK : failed(501, 'NotImplemented')
    })
    expect(await created(access)).toEqual(E.right(undefined))
  })

  it('other services are sent the checksum that S3 began with', async () => {
    const { access, requests } = await withAnswers(({ line }, count) =>
      line === HEAD && count === 0 ? { status: 404 } : OK,
    )
    await created(access)
    const headers = requests.find(({ line }) => line.endsWith('?tagging'))?.headers ?? {}
    expect(headers['content-md5']).toMatch(/^[\w+/]{22}==$/)
    expect(Object.keys(headers).filter((name) => name.includes('checksum'))).toEqual([])
    expect(headers['user-agent']).toContain('openshift.io cluster-image-registry-operator/test')
  })
})

describe('what goes wrong', () => {
  it('a bucket of another region is told together with that region', async () => {
    const moved = { 'x-amz-bucket-region': 'eu-west-1' }
    const { access } = await withAnswers(({ line }) =>
      line === HEAD
        ? { status: 301, headers: moved }
        : { ...failed(301, 'PermanentRedirect'), headers: moved },
    )
    expect(await seenError(access)).toMatchObject({
      _tag: 'StorageRefused',
      message: 'the bucket is in region eu-west-1',
    })
  })

  it('what HEAD cannot say is asked for once more', async () => {
    const { access } = await withAnswers(({ line }) =>
      line === HEAD
        ? { status: 403 }
        : failed(403, 'InvalidAccessKeyId', 'The key does not exist in our records.'),
    )
    expect(await seenError(access)).toEqual({
      _tag: 'CredentialsRefused',
      backend: 'S3',
      operation: 'ListObjectsV2',
      code: 'InvalidAccessKeyId',
      message: 'The key does not exist in our records.',
    })
  })

  it('a name that S3 does not allow is refused, and not asked for again', async () => {
    const { access, requests } = await withAnswers(({ line }) =>
      line === HEAD ? { status: 400 } : failed(400, 'InvalidBucketName'),
    )
    expect(await seenError(access)).toMatchObject({
      _tag: 'StorageRefused',
      code: 'InvalidBucketName',
    })
    expect(requests).toHaveLength(2)
  })

  it.each<readonly [string, S3Answer, string]>([
    [
      'half a document',
      { status: 200, body: '<ListVersionsResult><Ver', cut: true },
      'StorageUnreachable',
    ],
    ['no document', { status: 200, body: 'hello <br> world' }, 'StorageFailed'],
    ['a page of a proxy', { status: 502, body: '<html><p>Bad gateway' }, 'StorageFailed'],
    ['a failure', failed(500, 'InternalError'), 'StorageFailed'],
    ['a request to slow down', failed(503, 'SlowDown'), 'StorageThrottled'],
    ['a clock that is wrong', failed(403, 'RequestTimeTooSkewed'), 'StorageFailed'],
    ['silence', { status: 0, cut: true }, 'StorageUnreachable'],
  ])('%s is tried again, and told alike each time', async (_name, answer, tag) => {
    const { access, requests } = await withAnswers(({ line }) => ours(line) ?? answer)
    const first = await removed(access)
    expect(first).toMatchObject({ left: { _tag: tag, operation: 'ListObjectVersions' } })
    expect(requests.filter(({ line }) => line === VERSIONS)).toHaveLength(4)
    expect(await removed(access)).toEqual(first)
    expect(JSON.stringify(first)).not.toContain('a-secret-value')
  })

  it('whoever asks for more time than a call has is left to the loop', async () => {
    const { access, requests } = await withAnswers(
      ({ line }) => ours(line) ?? { ...failed(503, 'SlowDown'), headers: { 'retry-after': '120' } },
    )
    expect(await removed(access)).toMatchObject({
      left: { _tag: 'StorageThrottled', retryAfterMs: 120_000 },
    })
    expect(requests.filter(({ line }) => line === VERSIONS)).toHaveLength(1)
  })

  it('nobody there is told by the code of the connection alone', async () => {
    const server = await withAnswers(() => OK)
    await server.stop()
    expect(await seenError(server.access)).toEqual({
      _tag: 'StorageUnreachable',
      backend: 'S3',
      operation: 'HeadBucket',
      code: 'none',
      message: 'no answer (ECONNREFUSED)',
    })
  })

  it('credentials that hold nothing are refused before anything is asked', async () => {
    const { access, requests } = await withAnswers(() => OK)
    const result = await s3UnderTest().driver.observe(
      { ...access, values: {} },
      { _tag: 'Everything', counts: false },
    )()
    expect(result).toMatchObject({ left: { _tag: 'CredentialsRefused' } })
    expect(requests).toEqual([])
  })

  it('a place without region and endpoint is refused before anything is asked', async () => {
    const { access } = await withAnswers(() => OK)
    const { connection } = access.target
    const nowhere = { ...connection, region: '', endpoint: '' }
    const result = await s3UnderTest().driver.observe(
      { ...access, target: { ...access.target, connection: nowhere } },
      { _tag: 'Everything', counts: false },
    )()
    expect(result).toMatchObject({ left: { _tag: 'StorageRefused' } })
  })
})

describe('emptying a bucket', () => {
  it('an object that could not be deleted is a failure, though the request was none', async () => {
    const errors =
      '<DeleteResult><Error><Key>a</Key><Code>AccessDenied</Code><Message>Not you</Message></Error></DeleteResult>'
    const { access, requests } = await withAnswers(({ line }) => {
      if (line === VERSIONS) return versions('a', 'b')
      return ours(line) ?? { status: 200, body: errors }
    })
    expect(await removed(access)).toMatchObject({
      left: {
        _tag: 'AccessDenied',
        operation: 'DeleteObjects',
        message: 'a is not deleted: Not you',
      },
    })
    expect(requests.map(({ line }) => line)).not.toContain('DELETE /bucket')
  })

  it('an object that could not be deleted this time is deleted the next', async () => {
    const errors =
      '<DeleteResult><Error><Key>a</Key><Code>InternalError</Code><Message>Oops</Message></Error></DeleteResult>'
    const { access, requests } = await withAnswers(({ line }, count) => {
      if (line === VERSIONS) return count === 0 ? versions('a') : versions()
      if (line === 'POST /bucket?delete')
        return { status: 200, body: count === 0 ? errors : '<DeleteResult></DeleteResult>' }
      return ours(line) ?? { status: 200, body: '<ListMultipartUploadsResult/>' }
    })
    expect(await removed(access)).toEqual(E.right(undefined))
    expect(requests.map(({ line }) => line)).toContain('DELETE /bucket')
    expect(requests.filter(({ line }) => line === 'POST /bucket?delete')).toHaveLength(2)
  })

  it('marks that have gone stop everything', async () => {
    const { access, requests } = await withAnswers(({ line }) =>
      line.endsWith('?tagging') ? failed(404, 'NoSuchTagSet') : (ours(line) ?? OK),
    )
    expect(await removed(access)).toMatchObject({ left: { _tag: 'MarksMissing' } })
    expect(requests.map(({ line }) => line)).toEqual([HEAD, LIST, HIDDEN, 'GET /bucket?tagging'])
  })
})
