import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { StorageSetting } from '@image-registry-operator/render/model'
import {
  type ContractServer,
  driverContract,
  gcsUnderTest,
  type StorageAccess,
} from '@image-registry-operator/storage-drivers/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type Fault, type Faults, startFaults } from '../../storage-servers/faults/faults'
import { type Front, startFront } from '../../storage-servers/front/front'
import { type Gcs, startGcs } from '../../storage-servers/gcs/gcs'
import { bucketSeen, gcsBucketWorld, type GcsUser, gcsUser } from './gcs-bucket-world'
import { type GcsTags, startGcsTags, TAGS_LOCATION } from './gcs-tags'

// What the drivers answer with, by its shape.
const left = <A>(value: A) => ({ _tag: 'Left', left: value }) as const
const right = <A>(value: A) => ({ _tag: 'Right', right: value }) as const

const KEY = 'projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k'

const SETTINGS: ReadonlyArray<StorageSetting> = [
  { name: 'Labeled', wanted: { 'kubernetes-io-cluster-c1-x7k2p': 'owned', team: 'a' } },
  { name: 'Encrypted', wanted: { defaultKmsKeyName: KEY } },
  { name: 'UniformAccess', wanted: { enabled: true } },
  { name: 'PublicAccessBlocked', wanted: { publicAccessPrevention: 'enforced' } },
  { name: 'IncompleteUploadCleanupEnabled', wanted: [{ days: 1 }] },
]
const TAGGED: StorageSetting = { name: 'Tagged', wanted: { '1234/env': 'test', 'p-1/cost': 'x' } }

type Cloud = Readonly<{
  gcs: Gcs
  tags: GcsTags
  /** Between the front and Google, for the host that the driver asks; users ask another one. */
  faults: Faults
  front: Front
  user: GcsUser
  key: string
  stop: () => Promise<void>
}>

const startCloud = async (tokenLifeSeconds = 3600): Promise<Cloud> => {
  const [gcs, tags] = await Promise.all([startGcs({ tokenLifeSeconds }), startGcsTags()])
  const faults = await startFaults({ target: { port: gcs.port }, dialect: 'gcs' })
  const front = await startFront({
    hosts: { ...gcs.hosts, ...tags.hosts, 'storage.googleapis.com': { port: faults.port } },
  })
  const user = await gcsUser(front, gcs.serviceAccountKey('p'))
  const stop = async (): Promise<void> => {
    for (const server of [front, faults, tags, gcs]) await server.stop()
  }
  return { gcs, tags, faults, front, user, key: gcs.serviceAccountKey('p'), stop }
}

let made = 0

/** A bucket that nobody has made: another one with each call. */
const unusedBucket = (
  { front, key }: Cloud,
  { settings = [...SETTINGS, TAGGED], file = key } = {},
): StorageAccess => {
  made += 1
  const name = `c1-x7k2p-image-registry-${made}`
  return {
    target: {
      backend: 'Gcs',
      place: `gcs/${name}`,
      connection: { _tag: 'Gcs', projectId: 'p', location: TAGS_LOCATION, kmsKey: '' },
      credentials: { form: 'file', values: {} },
      authorities: { pem: front.authorities, isOnly: false },
      proxy: { http: front.proxyUrl, https: front.proxyUrl, noProxy: '' },
      parts: [
        {
          kind: 'bucket',
          name,
          marks: { 'imageregistry-operator-config-uid': `uid-${made}` },
          formerMarks: {},
          isGeneratedName: true,
          settings,
          holdsImages: true,
        },
      ],
    },
    values: { file },
  }
}

const bucketOf = ({ target }: StorageAccess): string => target.parts[0]?.name ?? ''
const marksOf = ({ target }: StorageAccess) => target.parts[0]?.marks ?? {}

let cloud: Cloud

beforeAll(async () => {
  cloud = await startCloud()
})

afterAll(async () => {
  // No metadata server, no other host: only what Google's storage needs.
  expect(cloud.front.refused()).toEqual([])
  await cloud.stop()
})

const server = (): Promise<ContractServer> =>
  Promise.resolve({
    driver: gcsUnderTest().driver,
    world: gcsBucketWorld(cloud.user, cloud.tags),
    unused: async () => unusedBucket(cloud),
    markedLater: ['bucket'],
    withWrongCredentials: (access) => ({
      ...access,
      values: {
        file: JSON.stringify({
          ...(JSON.parse(cloud.key) as object),
          client_email: 'nobody@p.iam.gserviceaccount.com',
        }),
      },
    }),
    close: async () => undefined,
  })

driverContract('Google Cloud Storage', server, { describe, it, beforeAll, afterAll })

const create = [{ _tag: 'Create', part: 'bucket' }] as const
const quietly = () => () => undefined
const everything = { _tag: 'Everything', counts: true } as const

const makeBucket = async (access: StorageAccess, { driver } = gcsUnderTest()): Promise<unknown> => {
  const [outcome] = await driver.ensure(access, create, quietly)()
  return outcome?.result
}

const removeBucket = (access: StorageAccess, { driver } = gcsUnderTest()): Promise<unknown> =>
  driver.remove(access, [{ part: 'bucket', marks: marksOf(access) }], quietly)()

describe('a bucket', () => {
  it('is made in one request, with all that it has to have', async () => {
    const access = unusedBucket(cloud, { settings: [...SETTINGS] })
    expect(await makeBucket(access)).toEqual(right(undefined))
    const isIts = (text: string): boolean => text.includes(bucketOf(access))
    const writes = cloud.gcs.bucketWrites().filter((write) => isIts(JSON.stringify(write)))
    expect(writes).toEqual([
      {
        method: 'POST',
        path: '/storage/v1/b?project=p',
        body: {
          name: bucketOf(access),
          location: TAGS_LOCATION,
          labels: { ...marksOf(access), 'kubernetes-io-cluster-c1-x7k2p': 'owned', team: 'a' },
          encryption: { defaultKmsKeyName: KEY },
          iamConfiguration: {
            uniformBucketLevelAccess: { enabled: true },
            publicAccessPrevention: 'enforced',
          },
          lifecycle: {
            rule: [{ action: { type: 'AbortIncompleteMultipartUpload' }, condition: { age: 1 } }],
          },
        },
      },
    ])
  })

  const lost: ReadonlyArray<Fault> = ['reset', 'truncated', 500, 503]
  it.each(lost)('is ours though the answer to its making was lost: %s', async (fault) => {
    const access = unusedBucket(cloud)
    cloud.faults.failNth(1, fault, 'after')
    expect(await makeBucket(access)).toEqual(right(undefined))
    expect((await bucketSeen(cloud.user, access.target))?.labels).toMatchObject(marksOf(access))
  })

  it.each(lost)('is put right though every second answer is lost: %s', async (fault) => {
    const access = unusedBucket(cloud, { settings: [...SETTINGS] })
    await makeBucket(access)
    const world = gcsBucketWorld(cloud.user, cloud.tags)
    for (const { name } of SETTINGS) await world.spoil?.(access.target, 'bucket', name)
    for (const n of [2, 4, 6, 8, 10, 12, 14, 16]) cloud.faults.failNth(n, fault, 'after')
    const steps = SETTINGS.map((setting) => ({ _tag: 'Set', part: 'bucket', setting }) as const)
    const outcomes = await gcsUnderTest().driver.ensure(access, steps, quietly)()
    cloud.faults.heal()
    expect(outcomes.map(({ result }) => result)).toEqual(SETTINGS.map(() => right(undefined)))
    expect(await bucketSeen(cloud.user, access.target)).toMatchObject({
      encryption: { defaultKmsKeyName: KEY },
      iamConfiguration: { publicAccessPrevention: 'enforced' },
    })
  })

  it('goes with everything in it, whatever it is called, though answers are lost', async () => {
    const access = unusedBucket(cloud)
    await makeBucket(access)
    const names = ['a b?c', '100%', 'über/ñ/日本', 'a//b', 'a/../b', '#&+;=', 'x/', ' ']
    const many = Array.from({ length: 60 }, (_, index) => `blobs/${index}`)
    await gcsBucketWorld(cloud.user, cloud.tags).put(access.target, [...names, ...many])
    const seen = await gcsUnderTest().driver.observe(access, everything)()
    expect(seen).toMatchObject(
      right({ sight: { contents: { objects: 68, bytes: 340, isWhole: true } } }),
    )
    for (const n of [3, 10, 11, 30, 50, 72]) cloud.faults.failNth(n, 'reset', 'after')
    const result = await removeBucket(access)
    cloud.faults.heal()
    expect(result).toEqual(right(undefined))
    expect(await bucketSeen(cloud.user, access.target)).toBeUndefined()
  })

  it.each<[Fault, string, string]>([
    [403, 'AccessDenied', 'forbidden'],
    [429, 'StorageThrottled', 'rateLimitExceeded'],
    [500, 'StorageFailed', 'internalError'],
    ['reset', 'StorageUnreachable', 'none'],
    ['truncated', 'StorageFailed', 'none'],
  ])('that cannot be seen may be there: %s is %s', async (fault, tag, code) => {
    const access = unusedBucket(cloud, { settings: [] })
    cloud.faults.failAll(fault, 'before')
    const seen = await gcsUnderTest().driver.observe(access, everything)()
    cloud.faults.heal()
    expect(seen).toMatchObject(
      right({ sight: { parts: { bucket: { _tag: 'Unseen', error: { _tag: tag, code } } } } }),
    )
  })
})

describe('Google lets in', () => {
  it('a workload by the token of its cluster', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gcs-token-'))
    const path = join(folder, 'token')
    await writeFile(path, 'head.claims.signature')
    const file = JSON.stringify({
      type: 'external_account',
      audience:
        '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: 'https://sts.googleapis.com/v1/token',
      credential_source: { file: path },
    })
    const access = unusedBucket(cloud, { file })
    expect(await makeBucket(access)).toEqual(right(undefined))
    expect(cloud.front.requests().at(-1)).toMatchObject({ method: 'POST', status: 200 })
    await rm(folder, { recursive: true })
    expect(await makeBucket(unusedBucket(cloud, { file }))).toMatchObject(
      left({ _tag: 'CredentialsRefused', message: expect.stringContaining('ENOENT') }),
    )
  })

  it('with one token for as long as it holds, and then with another', async () => {
    const short = await startCloud(3)
    const tested = gcsUnderTest()
    const access = unusedBucket(short, { settings: [] })
    const tokens = () => tested.calls.filter(({ operation }) => operation === 'oauth2.token').length
    await makeBucket(access, tested)
    await tested.driver.observe(access, everything)()
    expect(tokens()).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 3_100))
    expect(await tested.driver.observe(access, everything)()).toMatchObject(
      right({ sight: { parts: { bucket: { _tag: 'Present', marks: marksOf(access) } } } }),
    )
    expect(tokens()).toBe(2)
    await short.stop()
  })

  it('nobody with something else, which no error repeats', async () => {
    const file = '{"type":"authorized_user","refresh_token":"not-to-be-seen"}'
    const answer = await makeBucket(unusedBucket(cloud, { file }))
    expect(answer).toMatchObject(left({ _tag: 'CredentialsRefused' }))
    expect(JSON.stringify(answer)).not.toContain('not-to-be-seen')
  })
})
