import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { S3 } from '@aws-sdk/client-s3'
import type {
  PartSight,
  StorageError,
  StorageSetting,
  StorageStep,
} from '@image-registry-operator/render/model'
import { s3UnderTest, type StorageAccess } from '@image-registry-operator/storage-drivers/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { startFront } from '../../storage-servers/front/front'
import { startMinio } from '../../storage-servers/s3/minio'
import { type Moto, startMoto } from '../../storage-servers/s3/moto'
import type { PolicyDocument } from '../../storage-servers/s3/policy-document'
import type { S3Server } from '../../storage-servers/s3/s3-server'
import { bucketLook, userClient } from './s3-bucket-world'
import { ALL, BLOCKED, CLEANED, ENCRYPTED, TAGS, UID, unusedBucket } from './s3-unused-bucket'

const nameOf = ({ target }: StorageAccess): string => target.parts[0]?.name ?? ''

const CREATE: StorageStep = { _tag: 'Create', part: 'bucket' }
const setOf = (setting: StorageSetting): StorageStep => ({ _tag: 'Set', part: 'bucket', setting })

type Under = ReturnType<typeof s3UnderTest>

/** What each of the steps failed with, or `done`. */
const outcomes = async (
  { driver }: Under,
  access: StorageAccess,
  steps: ReadonlyArray<StorageStep>,
): Promise<ReadonlyArray<string>> =>
  (await driver.ensure(access, steps, () => () => undefined)()).map(({ result }) =>
    result._tag === 'Right' ? 'done' : result.left._tag,
  )

const removal = async (
  { driver }: Under,
  access: StorageAccess,
): Promise<'done' | StorageError> => {
  const parts = access.target.parts.map(({ kind, marks }) => ({ part: kind, marks }))
  const result = await driver.remove(access, parts, () => () => undefined)()
  return result._tag === 'Right' ? 'done' : result.left
}

const sightOf = async (
  { driver }: Under,
  access: StorageAccess,
): Promise<PartSight | undefined> => {
  const result = await driver.observe(access, { _tag: 'Everything', counts: false })()
  if (result._tag === 'Left') throw new Error(JSON.stringify(result.left))
  return result.right.sight.parts.bucket
}

describe('buckets of a service that is not quite S3', () => {
  let minio: S3Server
  let user: S3
  const under = s3UnderTest()

  beforeAll(async () => {
    minio = await startMinio()
    user = userClient(minio)
  })
  afterAll(async () => {
    user.destroy()
    await minio.stop()
  })

  it('what it does not have is no trouble, and does not harm the bucket', async () => {
    const access = unusedBucket(minio, ALL)
    expect(await outcomes(under, access, [CREATE])).toEqual(['done'])
    const steps = [TAGS, BLOCKED, ENCRYPTED, CLEANED].map(setOf)
    expect(await outcomes(under, access, steps)).toEqual([
      'done',
      'Unsupported',
      'Unsupported',
      'Unsupported',
    ])
    expect(await sightOf(under, access)).toMatchObject({
      _tag: 'Present',
      isEmpty: true,
      marks: { [UID]: 'uid-1' },
      settings: { PublicAccessBlocked: { _tag: 'NotSupported' }, Tagged: { _tag: 'Found' } },
    })
    expect(await removal(under, access)).toBe('done')
    expect(await bucketLook(user, nameOf(access))).toBeUndefined()
  })

  it('more objects than one request takes are all removed, in two requests', async () => {
    const access = unusedBucket(minio, [TAGS])
    const Bucket = nameOf(access)
    expect(await outcomes(under, access, [CREATE])).toEqual(['done'])
    for (let start = 0; start < 1_200; start += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          user.putObject({ Bucket, Key: `layer/${start + index}`, Body: 'x' }),
        ),
      )
    const progress: number[] = []
    const removed = await under.driver.remove(
      access,
      [{ part: 'bucket', marks: { [UID]: 'uid-1' } }],
      (_step, count) => () => void progress.push(count),
    )()
    expect(removed._tag).toBe('Right')
    expect(progress).toEqual([1_000, 1_200, 1_200])
    expect(await bucketLook(user, Bucket)).toBeUndefined()
  })

  it('an object that is locked keeps the bucket, and the failure says so', async () => {
    const access = unusedBucket(minio, [TAGS])
    const Bucket = nameOf(access)
    await user.createBucket({ Bucket, ObjectLockEnabledForBucket: true })
    await user.putBucketTagging({
      Bucket,
      Tagging: { TagSet: [{ Key: UID, Value: 'uid-1' }] },
    })
    await user.putObject({ Bucket, Key: 'free', Body: 'x' })
    await user.putObject({
      Bucket,
      Key: 'kept',
      Body: 'x',
      ObjectLockMode: 'GOVERNANCE',
      ObjectLockRetainUntilDate: new Date(Date.now() + 3_600_000),
    })
    const first = await removal(under, access)
    expect(first).toMatchObject({ _tag: 'AccessDenied', operation: 'DeleteObjects' })
    expect(JSON.stringify(first)).toContain('an object lock keeps kept')
    expect(await removal(under, access)).toEqual(first)
    expect((await bucketLook(user, Bucket))?.versions).toEqual([expect.stringContaining('kept ')])
  })

  it('what holds nothing but older versions is not empty, and is not marked', async () => {
    const access = unusedBucket(minio, [TAGS])
    const Bucket = nameOf(access)
    await user.createBucket({ Bucket })
    await user.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled' } })
    await user.putObject({ Bucket, Key: 'deleted', Body: 'x' })
    await user.deleteObject({ Bucket, Key: 'deleted' })
    const before = await bucketLook(user, Bucket)
    expect(await sightOf(under, access)).toMatchObject({ _tag: 'Present', isEmpty: false })
    expect(await outcomes(under, access, [{ _tag: 'Mark', part: 'bucket' }])).toEqual([
      'MarksMissing',
    ])
    expect(await bucketLook(user, Bucket)).toEqual(before)
  })

  it('variables of the environment change neither where nor as whom it is asked', async () => {
    const foreign = {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9',
      AWS_ACCESS_KEY_ID: 'nobody',
      AWS_SECRET_ACCESS_KEY: 'nothing',
      AWS_REGION: 'nowhere',
      AWS_CONFIG_FILE: '/nonexistent/config',
      AWS_USE_DUALSTACK_ENDPOINT: 'true',
      AWS_USE_FIPS_ENDPOINT: 'true',
      HTTP_PROXY: 'http://127.0.0.1:9',
    }
    Object.assign(process.env, foreign)
    try {
      const access = unusedBucket(minio, [TAGS])
      expect(await outcomes(under, access, [CREATE])).toEqual(['done'])
      expect(await sightOf(under, access)).toMatchObject({ _tag: 'Present' })
    } finally {
      for (const name of Object.keys(foreign)) Reflect.deleteProperty(process.env, name)
    }
  })
})

describe('buckets behind TLS', () => {
  let minio: S3Server
  const under = s3UnderTest()
  const trusting = (authorities: StorageAccess['target']['authorities']): StorageAccess => {
    const { target, values } = unusedBucket(minio, [TAGS])
    return { values, target: { ...target, authorities } }
  }

  beforeAll(async () => {
    minio = await startMinio({ tls: true })
  })
  afterAll(() => minio.stop())

  it('an authority that nobody named is not trusted', async () => {
    expect(await sightOf(under, trusting({ pem: '', isOnly: false }))).toMatchObject({
      _tag: 'Unseen',
      error: {
        _tag: 'StorageUnreachable',
        message: 'no answer (UNABLE_TO_VERIFY_LEAF_SIGNATURE)',
      },
    })
  })

  it.each([true, false])('an authority that was named is trusted; it alone: %s', async (isOnly) => {
    const access = trusting({ pem: minio.authorities ?? '', isOnly })
    expect(await sightOf(under, access)).toEqual({ _tag: 'Absent' })
  })
})

/** What the original operator asks for in its CredentialsRequest, as far as S3 goes. */
const USUAL: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Resource: '*',
      Action: [
        's3:CreateBucket',
        's3:DeleteBucket',
        's3:PutBucketTagging',
        's3:GetBucketTagging',
        's3:PutBucketPublicAccessBlock',
        's3:GetBucketPublicAccessBlock',
        's3:PutEncryptionConfiguration',
        's3:GetEncryptionConfiguration',
        's3:PutLifecycleConfiguration',
        's3:GetLifecycleConfiguration',
        's3:GetBucketLocation',
        's3:ListBucket',
        's3:GetObject',
        's3:PutObject',
        's3:DeleteObject',
        's3:ListBucketMultipartUploads',
        's3:AbortMultipartUpload',
        's3:ListMultipartUploadParts',
      ],
    },
  ],
}

describe('buckets of AWS', () => {
  let moto: Moto
  let user: S3
  let folder: string

  beforeAll(async () => {
    moto = await startMoto({ enforcePolicies: true })
    user = userClient(moto)
    folder = await mkdtemp(join(tmpdir(), 'image-registry-token-'))
  })
  afterAll(async () => {
    user.destroy()
    await moto.stop()
    await rm(folder, { recursive: true })
  })

  it('the permissions that the original operator asks for are enough', async () => {
    const under = s3UnderTest()
    const access = unusedBucket(await moto.createUser('usual', USUAL), ALL)
    const steps = [CREATE, ...ALL.map(setOf)]
    expect(await outcomes(under, access, steps)).toEqual(steps.map(() => 'done'))
    await user.putObject({ Bucket: nameOf(access), Key: 'one', Body: 'x' })
    await user.createMultipartUpload({ Bucket: nameOf(access), Key: 'never/finished' })
    expect(await removal(under, access)).toBe('done')
    expect(await bucketLook(user, nameOf(access))).toBeUndefined()
  })

  it('a permission that lacks is told, and nothing is taken for absent', async () => {
    const under = s3UnderTest()
    const none = await moto.createUser('nothing', {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
    })
    const sight = await sightOf(under, unusedBucket(none, ALL))
    expect(sight).toMatchObject({
      _tag: 'Unseen',
      error: { _tag: 'AccessDenied', operation: 'ListObjectsV2', message: 'Access Denied' },
    })
  })

  it('a role is assumed with the token of a file, once for many looks', async () => {
    const plain = await startMoto()
    const under = s3UnderTest()
    const tokenFile = join(folder, 'token')
    const unused = unusedBucket(plain, ALL)
    const { connection } = unused.target
    if (connection._tag !== 'S3') throw new Error('no S3')
    const access: StorageAccess = {
      target: {
        ...unused.target,
        connection: { ...connection, stsEndpoint: plain.endpoint },
        credentials: { form: 'file', values: {} },
      },
      values: {
        file: [
          '[default]',
          'sts_regional_endpoints = regional',
          'role_arn = arn:aws:iam::123456789012:role/registry',
          `web_identity_token_file = ${tokenFile}`,
        ].join('\n'),
      },
    }
    const [early] = await under.driver.ensure(access, [CREATE], () => () => undefined)()
    expect(early?.result).toMatchObject({
      left: { _tag: 'CredentialsRefused', message: `the token ${tokenFile} cannot be read` },
    })
    await writeFile(tokenFile, 'header.payload.signature\n')
    const before = under.calls.length
    expect(await outcomes(under, access, [CREATE])).toEqual(['done'])
    expect(await sightOf(under, access)).toMatchObject({ _tag: 'Present' })
    expect(await removal(under, access)).toBe('done')
    const assumed = under.calls
      .slice(before)
      .filter(({ operation }) => operation === 'AssumeRoleWithWebIdentity')
    expect(assumed.map(({ code }) => code)).toEqual(['ok'])
    await plain.stop()
  })

  it('a bucket is reached by its host name of both protocols, through the proxy of the cluster', async () => {
    const region = 'eu-central-1'
    const front = await startFront({
      hosts: { [`*.s3.dualstack.${region}.amazonaws.com`]: { port: moto.port } },
    })
    const under = s3UnderTest()
    const unused = unusedBucket(moto, ALL)
    const access: StorageAccess = {
      ...unused,
      target: {
        ...unused.target,
        connection: {
          _tag: 'S3',
          region,
          endpoint: '',
          pathStyle: false,
          dualStack: true,
          stsEndpoint: '',
        },
        authorities: { pem: front.authorities, isOnly: true },
        proxy: { http: front.proxyUrl, https: front.proxyUrl, noProxy: '' },
      },
    }
    const steps = [CREATE, ...ALL.map(setOf)]
    expect(await outcomes(under, access, steps)).toEqual(steps.map(() => 'done'))
    expect(await user.getBucketLocation({ Bucket: nameOf(access) })).toMatchObject({
      LocationConstraint: region,
    })
    expect(await removal(under, access)).toBe('done')
    expect(new Set(front.requests().map(({ host }) => host))).toEqual(
      new Set([`${nameOf(access)}.s3.dualstack.${region}.amazonaws.com`]),
    )
    expect(front.refused()).toEqual([])
    const elsewhere = { ...access.target.connection, region: 'eu-west-1' }
    const refused = { ...access, target: { ...access.target, connection: elsewhere } }
    expect(await sightOf(under, refused)).toMatchObject({
      error: { _tag: 'StorageUnreachable', message: 'no answer (ERR_PROXY_TUNNEL)' },
    })
    await front.stop()
  })
})
