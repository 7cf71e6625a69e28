import { randomBytes } from 'node:crypto'

import type {
  IbmCosConnection,
  Marks,
  PartKind,
  PartSight,
  StorageError,
  StoragePart,
  StorageSetting,
  StorageTarget,
} from '@image-registry-operator/render/model'
import {
  type ContractServer,
  type ContractWorld,
  driverContract,
  ibmCosUnderTest,
  type StorageAccess,
} from '@image-registry-operator/storage-drivers/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { type Front, startFront } from '../../storage-servers/front/front'
import { type IbmCloud, startIbmCloud } from '../../storage-servers/ibm/ibm-cloud'
import { startMinio } from '../../storage-servers/s3/minio'
import { startMoto } from '../../storage-servers/s3/moto'
import type { S3Server } from '../../storage-servers/s3/s3-server'
import { ibmCosWorld, livingInstances, livingKeys, madeBySomebody } from './ibm-cos-world'
import { userClient } from './s3-bucket-world'

const UID = 'imageregistry.operator.openshift.io/config-uid'
const MARKS = { [UID]: 'uid-1' }

const TAGS: StorageSetting = { name: 'Tagged', wanted: { Name: 'c1-x7k2p-image-registry' } }
const BLOCKED: StorageSetting = {
  name: 'PublicAccessBlocked',
  wanted: {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: true,
    restrictPublicBuckets: true,
  },
}
const CLEANED: StorageSetting = { name: 'IncompleteUploadCleanupEnabled', wanted: [{ days: 1 }] }

const CONNECTION: IbmCosConnection = {
  _tag: 'IbmCos',
  location: 'us-south',
  cosEndpoint: 'https://s3.us-south.cloud-object-storage.appdomain.cloud',
  iamEndpoint: 'https://iam.cloud.ibm.com',
  resourceControllerEndpoint: 'https://resource-controller.cloud.ibm.com',
  resourceManagerEndpoint: 'https://resource-controller.cloud.ibm.com/v2',
  resourceGroup: 'cluster-group',
  serviceInstanceCrn: '',
  resourceKeyCrn: '',
}

type Running = Readonly<{
  s3: S3Server
  ibm: IbmCloud
  front: Front
  driver: ReturnType<typeof ibmCosUnderTest>
  world: ContractWorld
  stop: () => Promise<void>
}>

const start = async (server: Promise<S3Server>, hasTags: boolean): Promise<Running> => {
  const s3 = await server
  const ibm = await startIbmCloud({ s3, hasTags })
  const front = await startFront({ hosts: ibm.hosts })
  const client = userClient(s3)
  return {
    s3,
    ibm,
    front,
    driver: ibmCosUnderTest(),
    world: ibmCosWorld(ibm.account, client, { suspends: hasTags }),
    stop: async () => {
      client.destroy()
      await front.stop()
      await ibm.stop()
      await s3.stop()
    },
  }
}

const part = (kind: PartKind, name: string, holdsImages = false): StoragePart => ({
  kind,
  name,
  marks: MARKS,
  formerMarks: holdsImages ? {} : { name, 'created-by': 'self' },
  isGeneratedName: true,
  settings: [],
  holdsImages,
})

/** A storage that nobody has made, of a cluster that nobody has. */
const unused = (
  { front, ibm }: Running,
  settings: ReadonlyArray<StorageSetting> = [],
): StorageAccess => {
  const infrastructure = `c-${randomBytes(4).toString('hex')}`
  const name = `${infrastructure}-image-registry`
  const bucket = `${name}-us-south-abc`
  const target: StorageTarget = {
    backend: 'IbmCos',
    place: `ibmcos/${bucket}`,
    connection: CONNECTION,
    credentials: { form: 'api-key', values: {} },
    authorities: { pem: front.authorities, isOnly: true },
    proxy: { http: front.proxyUrl, https: front.proxyUrl, noProxy: '' },
    parts: [
      part('service-instance', name),
      part('resource-key', name),
      { ...part('bucket', bucket, true), settings },
    ],
  }
  return { target, values: { apiKey: ibm.account.apiKey } }
}

const contractServer = async (
  running: Promise<Running>,
  { settings, marked }: Readonly<{ settings: StorageSetting[]; marked: PartKind[] }>,
): Promise<ContractServer> => {
  const { driver, world, stop, ...rest } = await running
  return {
    driver: driver.driver,
    world,
    unused: async () => unused({ driver, world, stop, ...rest }, settings),
    markedLater: marked,
    withWrongCredentials: (access) => ({ ...access, values: { apiKey: 'a-key-of-nobody' } }),
    close: stop,
  }
}

const suite = { describe, it, beforeAll, afterAll }

driverContract(
  'IBM Cloud, whose buckets have no tags, with moto behind',
  () => contractServer(start(startMoto({}), false), { settings: [BLOCKED, CLEANED], marked: [] }),
  suite,
)
driverContract(
  'a store of IBM with tags, with MinIO behind',
  () => contractServer(start(startMinio(), true), { settings: [TAGS], marked: ['bucket'] }),
  suite,
)

const ALL: ReadonlyArray<PartKind> = ['service-instance', 'resource-key', 'bucket']

describe('the storage of IBM Cloud', () => {
  let running: Running
  beforeAll(async () => {
    running = await start(startMinio(), false)
  })
  afterEach(() => {
    Object.assign(running.ibm.manners, {
      pageSize: 100,
      looksUntilActive: 0,
      refusalsOfNewKeys: 0,
      refusesUnknownParameters: false,
      showsCredentials: true,
    })
    expect(running.front.refused()).toEqual([])
  })
  afterAll(() => running.stop())

  /** Makes the parts; the failures, by part. */
  const ensured = async (
    access: StorageAccess,
    kinds: ReadonlyArray<PartKind> = ALL,
  ): Promise<Readonly<Record<string, StorageError>>> => {
    const steps = kinds.map((kind) => ({ _tag: 'Create', part: kind }) as const)
    const outcomes = await running.driver.driver.ensure(access, steps, () => () => undefined)()
    return Object.fromEntries(
      outcomes.flatMap(({ step, result }) =>
        result._tag === 'Left' ? [[step.part, result.left]] : [],
      ),
    )
  }

  const observed = async (access: StorageAccess) => {
    const result = await running.driver.driver.observe(access, {
      _tag: 'Everything',
      counts: false,
    })()
    if (result._tag === 'Left') throw new Error(JSON.stringify(result.left))
    return result.right
  }

  const sights = async (
    access: StorageAccess,
  ): Promise<Readonly<Record<string, PartSight['_tag'] | undefined>>> => {
    const { parts } = (await observed(access)).sight
    return Object.fromEntries(ALL.map((kind) => [kind, parts[kind]?._tag]))
  }

  const removed = (access: StorageAccess, marks: Marks = MARKS) =>
    running.driver.driver.remove(
      access,
      [...ALL].reverse().map((kind) => ({ part: kind, marks })),
      () => () => undefined,
    )()

  const withConnection = (
    access: StorageAccess,
    changes: Partial<IbmCosConnection>,
  ): StorageAccess => ({
    ...access,
    target: { ...access.target, connection: { ...CONNECTION, ...changes } },
  })

  it('is an instance with the tag of the cluster, a key that may write, and a bucket', async () => {
    const access = unused(running)
    expect(await ensured(access)).toEqual({})
    const [instance] = livingInstances(running.ibm.account, access.target)
    const [key] = livingKeys(running.ibm.account, access.target)
    const infrastructure = access.target.parts[0]?.name.replace('-image-registry', '')
    expect(instance).toMatchObject({
      tags: [`kubernetes.io_cluster_${infrastructure}:owned`],
      parameters: MARKS,
    })
    expect(key).toMatchObject({
      instanceCrn: instance?.crn,
      role: 'crn:v1:bluemix:public:iam::::serviceRole:Writer',
      parameters: { HMAC: true, ...MARKS },
    })
    const { sight, keys } = await observed(access)
    expect(sight.parts['service-instance']).toMatchObject({
      details: { crn: instance?.crn, state: 'active', resourceGroupName: 'cluster-group' },
    })
    expect(sight.parts['resource-key']).toMatchObject({ details: { crn: key?.crn } })
    expect(keys).toEqual(key?.hmac)
    expect(JSON.stringify(sight)).not.toContain(key?.hmac?.secret)
  })

  it.each([
    ['instance', /^\/v2\/resource_instances$/],
    ['key', /^\/v2\/resource_keys$/],
  ])('has one %s though nobody was told that it was made', async (_name, path) => {
    const access = unused(running)
    running.ibm.loseAnswer('POST', path)
    expect(await ensured(access)).toEqual({})
    expect(await ensured(access)).toEqual({})
    expect(livingInstances(running.ibm.account, access.target)).toHaveLength(1)
    expect(livingKeys(running.ibm.account, access.target)).toHaveLength(1)
  })

  it('is found again by its names, or by what was recorded of it', async () => {
    const access = unused(running)
    await ensured(access)
    const { parts } = (await observed(access)).sight
    const crnOf = (sight: PartSight | undefined): string =>
      sight?._tag === 'Present' ? String(sight.details['crn']) : ''
    const recorded = withConnection(access, {
      serviceInstanceCrn: crnOf(parts['service-instance']),
      resourceKeyCrn: crnOf(parts['resource-key']),
    })
    expect((await observed(recorded)).sight).toEqual((await observed(access)).sight)
    expect(await ensured(recorded)).toEqual({})
    expect(livingInstances(running.ibm.account, access.target)).toHaveLength(1)
  })

  it('is found on whatever page it is listed, among others of its name', async () => {
    const access = unused(running)
    madeBySomebody(running.ibm.account, access.target)
    madeBySomebody(running.ibm.account, access.target)
    const { parts } = access.target
    const [instance] = parts
    if (instance === undefined) throw new Error('the target has no parts')
    running.ibm.manners.pageSize = 1
    const seen = (await observed(access)).sight.parts['service-instance']
    expect(seen).toMatchObject({ marks: { 'created-by': 'IBMid-somebody' } })
    const [first] = livingInstances(running.ibm.account, access.target)
    expect(seen).toMatchObject({ details: { crn: first?.crn } })
    // The last one is the registry's, so it goes before those that are older.
    const [, last] = livingInstances(running.ibm.account, access.target)
    if (last !== undefined) last.parameters = MARKS
    expect((await observed(access)).sight.parts['service-instance']).toMatchObject({
      details: { crn: last?.crn },
    })
  })

  it('is awaited until the instance is active, and the key is known', async () => {
    Object.assign(running.ibm.manners, { looksUntilActive: 4, refusalsOfNewKeys: 3 })
    const access = unused(running)
    expect(await ensured(access)).toEqual({})
    expect(await sights(access)).toEqual({
      'service-instance': 'Present',
      'resource-key': 'Present',
      bucket: 'Present',
    })
  })

  it('is asked with one token until that one is refused', async () => {
    const access = unused(running)
    await ensured(access)
    const before = running.ibm.tokensGiven()
    await observed(access)
    expect(running.ibm.tokensGiven()).toBe(before)
    running.ibm.expireTokens()
    await observed(access)
    expect(running.ibm.tokensGiven()).toBe(before + 1)
  })

  it('is proved by names and by who has made it where the broker takes no marks', async () => {
    running.ibm.manners.refusesUnknownParameters = true
    const access = unused(running)
    const byMaker = { name: access.target.parts[0]?.name ?? '', 'created-by': 'self' }
    const parts = access.target.parts.map((one) => ({ ...one, formerMarks: byMaker }))
    const wanted = { ...access, target: { ...access.target, parts } }
    expect(await ensured(wanted)).toEqual({})
    const { sight } = await observed(wanted)
    for (const kind of ALL) expect(sight.parts[kind]).toMatchObject({ marks: byMaker })
    expect(livingInstances(running.ibm.account, wanted.target)).toHaveLength(1)
    expect(livingKeys(running.ibm.account, wanted.target)).toHaveLength(1)
    expect(await removed(wanted)).toMatchObject({ left: { _tag: 'MarksMissing' } })
    expect(await removed(wanted, byMaker)).toMatchObject({ _tag: 'Right' })
    expect(await running.world.look(wanted.target)).toBeUndefined()
    expect(livingInstances(running.ibm.account, wanted.target)).toEqual([])
  })

  it('keeps the instance while buckets of others are in it', async () => {
    const access = unused(running)
    await ensured(access)
    const [instance] = livingInstances(running.ibm.account, access.target)
    running.ibm.account.bucketOwners.set('somebodys-bucket', instance?.crn ?? '')
    const refused = await removed(access)
    expect(refused).toMatchObject({
      _tag: 'Left',
      left: { _tag: 'StorageConflict', operation: 'DeleteResourceInstance' },
    })
    expect(JSON.stringify(refused)).toContain('somebodys-bucket')
    expect(livingInstances(running.ibm.account, access.target)).toHaveLength(1)
    running.ibm.account.bucketOwners.delete('somebodys-bucket')
    expect(await removed(access)).toMatchObject({ _tag: 'Right' })
    expect(livingInstances(running.ibm.account, access.target)).toEqual([])
    expect(livingKeys(running.ibm.account, access.target)).toEqual([])
  })

  it('still has its bucket while the key is gone, and gets another key', async () => {
    const access = unused(running)
    await ensured(access)
    await running.world.put(access.target, ['one'])
    for (const key of livingKeys(running.ibm.account, access.target)) key.state = 'removed'
    expect(await sights(access)).toEqual({
      'service-instance': 'Present',
      'resource-key': 'Absent',
      bucket: 'Present',
    })
    expect(await ensured(access, ['resource-key'])).toEqual({})
    expect((await observed(access)).sight.parts.bucket).toMatchObject({
      _tag: 'Present',
      isEmpty: false,
      marks: MARKS,
    })
  })

  it.each([
    ['a Reader', { role: 'crn:v1:bluemix:public:iam::::serviceRole:Reader' }, /Writer/],
    ['without HMAC keys', { HMAC: false }, /HMAC/],
  ] as const)('is not seen with a recorded key that is %s', async (_name, made, why) => {
    const access = unused(running)
    const { instance, key } = madeBySomebody(running.ibm.account, access.target, made)
    const recorded = withConnection(access, {
      serviceInstanceCrn: instance.crn,
      resourceKeyCrn: key.crn,
    })
    const { parts } = (await observed(recorded)).sight
    expect(parts['resource-key']).toMatchObject({
      _tag: 'Unseen',
      error: { _tag: 'StorageRefused', message: expect.stringMatching(why) as string },
    })
    expect(livingKeys(running.ibm.account, access.target)).toHaveLength(1)
  })

  it('says so when the credentials of the key may not be seen', async () => {
    const access = unused(running)
    await ensured(access)
    running.ibm.manners.showsCredentials = false
    expect((await observed(access)).sight.parts['resource-key']).toMatchObject({
      _tag: 'Unseen',
      error: { _tag: 'AccessDenied' },
    })
    expect(livingKeys(running.ibm.account, access.target)).toHaveLength(1)
  })

  it('does not take a bucket that is in the instance of somebody else', async () => {
    const access = unused(running)
    await ensured(access)
    const thief = unused(running)
    const bucket = access.target.parts.filter(({ kind }) => kind === 'bucket')
    const others = thief.target.parts.filter(({ kind }) => kind !== 'bucket')
    const wanted = { ...thief, target: { ...thief.target, parts: [...others, ...bucket] } }
    expect(await ensured(wanted)).toMatchObject({ bucket: { _tag: 'AccessDenied' } })
    expect(await ensured(access)).toEqual({})
  })

  it('is only a bucket for whoever has HMAC keys and no API key', async () => {
    const access = unused(running)
    await ensured(access)
    const [key] = livingKeys(running.ibm.account, access.target)
    const before = running.ibm.requests().length
    const withKeys: StorageAccess = {
      target: { ...access.target, credentials: { form: 'keys', values: {} } },
      values: { ...key?.hmac },
    }
    expect((await observed(withKeys)).sight.parts).toMatchObject({ bucket: { _tag: 'Present' } })
    expect(running.ibm.requests()).toHaveLength(before)
  })

  it('fails as such without a resource group of that name', async () => {
    const access = withConnection(unused(running), { resourceGroup: 'no-such-group' })
    expect((await observed(access)).sight.parts['service-instance']).toMatchObject({
      _tag: 'Unseen',
      error: {
        _tag: 'StorageRefused',
        message: expect.stringContaining('no-such-group') as string,
      },
    })
  })
})
