import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ClusterClient, KubeObject } from '../../cluster/cluster-client'
import { runCommand } from '../../harness/bundle'
import { type ConditionTurns, conditionTurns, type Turn } from '../../harness/condition-turns'
import { applyConfig, conditionOf, getConfig } from '../../harness/config-status'
import { eventually } from '../../harness/eventually'
import { knowingMachine } from '../../harness/known-names'
import { furnishKubernetes, startOperatorPod } from '../../harness/kubernetes-cluster'
import { type Pushed, pulledDigest, registryAccess } from '../../harness/registry-round-trip'
import { type RealCluster, startRealCluster } from '../../node/real-cluster'
import { newImage } from '../../storage-servers/registry/image'
import { hasImage } from '../../storage-servers/registry/pull-image'
import { pushImage } from '../../storage-servers/registry/push-image'
import type { RegistryAccess } from '../../storage-servers/registry/registry-request'
import { startMinio } from '../../storage-servers/s3/minio'
import { s3Admin } from '../../storage-servers/s3/s3-admin'
import type { S3Server } from '../../storage-servers/s3/s3-server'

const objects = '/api/v1/namespaces/openshift-image-registry'
const claimPath = `${objects}/persistentvolumeclaims/image-registry-storage`

type Storage = Readonly<Record<string, object>>

const ON_NODE: Storage = { emptyDir: {} }
const ON_CLAIM: Storage = { pvc: {} }

let cluster: RealCluster
let client: ClusterClient
let service: S3Server
let registry: RegistryAccess
let turns: ConditionTurns | undefined
let inBucket: Storage

/** The claim of one pod at a time is given to one after the other; with this, it is one for several, and the registry never away. */
const specWith = (storage: Storage) => ({
  managementState: 'Managed',
  replicas: 1,
  rolloutStrategy: 'RollingUpdate',
  // This process does not know the name by which pods find the bucket.
  disableRedirect: true,
  storage,
})

/** What the plan for another storage says to people, about the Config. */
const planned = async (storage: Storage): Promise<ReadonlyArray<string>> => {
  const config = {
    apiVersion: 'imageregistry.operator.openshift.io/v1',
    kind: 'Config',
    metadata: { name: 'cluster' },
    spec: specWith(storage),
  }
  const { kubeconfigPath } = cluster.controlPlane
  const args = ['plan', '--kubeconfig', kubeconfigPath, '--config', '-']
  const { code, stderr } = await runCommand(args, knowingMachine, JSON.stringify(config))
  // There is something to do.
  expect({ code, stderr }).toMatchObject({ code: 2 })
  return stderr.split('\n').flatMap((line) => /spec\.storage: (.*)$/.exec(line)?.[1] ?? [])
}

const isAt = (config: KubeObject, type: string, status: string): boolean =>
  conditionOf(config, type)?.status === status

const uses = ({ metadata, status = {} }: KubeObject, storage: Storage): boolean => {
  const { observedGeneration, storage: used = {} } = status as Readonly<{
    observedGeneration?: number
    storage?: object
  }>
  const isSeen = observedGeneration === metadata['generation']
  return isSeen && Object.keys(storage).every((kind) => kind in used)
}

const untilUsed = (storage: Storage): Promise<KubeObject> =>
  eventually(
    `the registry uses ${Object.keys(storage).join()}`,
    async () => {
      const config = await getConfig(client)
      const isDone = isAt(config, 'Available', 'True') && isAt(config, 'Progressing', 'False')
      return isDone && uses(config, storage) ? config : undefined
    },
    240_000,
  )

const statuses = (told: ReadonlyArray<Turn>, wanted: string): ReadonlyArray<string> =>
  told
    .filter(({ type }) => type === wanted)
    .map(({ status }) => status)
    .filter((status, at, all) => status !== all[at - 1])

/** Moves the registry to another storage; gives what the plan said before. */
const moved = async (storage: Storage): Promise<ReadonlyArray<string>> => {
  const said = await planned(storage)
  const before = turns?.all().length
  await applyConfig(client, specWith(storage))
  await untilUsed(storage)
  const told = await eventually('that was told', async () => {
    const since = turns?.all().slice(before) ?? []
    return statuses(since, 'Progressing').at(-1) === 'False' ? since : undefined
  })
  expect(statuses(told, 'Progressing')).toEqual(['True', 'False'])
  return said
}

const push = async (tag: string): Promise<Pushed> => {
  const image = newImage([1000, 300_000])
  const name = `demo/moved:${tag}`
  // A pod is ready a moment before its Service leads there.
  const digest = await eventually(`${tag} is pushed`, () =>
    pushImage(registry, name, image).catch(() => undefined),
  )
  return { name, image, digest }
}

/** The bucket that the operator has named in the Config. */
const bucketName = async (): Promise<string> => {
  const { spec } = (await getConfig(client)) as unknown as Readonly<{
    spec: Readonly<{ storage: Readonly<{ s3?: Readonly<{ bucket?: string }> }> }>
  }>
  return spec.storage.s3?.bucket ?? ''
}

/** So often in a row that no pod of before can be among those who were asked. */
const TIMES = 12

/** Waits until nobody has an image any more who is asked: a Service leads to a pod of before for a moment. */
const untilMissed = ({ name }: Pushed): Promise<true> =>
  eventually(`${name} is not there`, async () => {
    for (let time = 0; time < TIMES; time += 1) if (await hasImage(registry, name)) return undefined
    return true
  })

const stayBehind = (place: string): string =>
  `the images in ${place} stay behind: they are not copied, and ${place} is not deleted, now or with the registry; copy what is needed first; they are there again when it is chosen again`

beforeAll(async () => {
  ;[cluster, service] = await Promise.all([startRealCluster(), startMinio()])
  client = cluster.client
  const { port } = new URL(service.endpoint)
  await cluster.node.expose(Number(port))
  inBucket = { s3: { region: service.region, regionEndpoint: `http://machine.test:${port}` } }
  const installation = await furnishKubernetes(cluster)
  await client.send('POST', `${objects}/secrets`, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'image-registry-private-configuration-user' },
    stringData: {
      REGISTRY_STORAGE_S3_ACCESSKEY: service.accessKey,
      REGISTRY_STORAGE_S3_SECRETKEY: service.secretKey,
    },
  })
  await applyConfig(client, specWith(ON_NODE))
  await startOperatorPod(cluster, installation)
  await untilUsed(ON_NODE)
  turns = conditionTurns(client)
  registry = await registryAccess(client, cluster.node)
})

afterAll(async () => {
  await turns?.stop()
  await cluster?.stop()
  await service?.stop()
})

describe('a registry', () => {
  const claim = 'pvc/image-registry-storage'
  let onNode: Pushed
  let onClaim: Pushed
  let stored: Pushed
  let bucket: string
  let claimUid: unknown

  it('that moves from its node to a claim begins empty, and what was on the node is lost', async () => {
    onNode = await push('on-node')
    expect(await moved(ON_CLAIM)).toEqual([
      'the images in emptyDir are not copied, and are lost: they go with the pods that they are in; copy them first; nothing brings them back',
      `the registry begins empty: ${claim} is not there yet, and will be made`,
    ])
    await untilMissed(onNode)
    onClaim = await push('on-claim')
    claimUid = (await client.send('GET', claimPath)).metadata.uid
  })

  it('that moves to a bucket begins empty again, and what is on the claim stays there', async () => {
    const said = await moved(inBucket)
    bucket = await bucketName()
    expect(said).toEqual([
      stayBehind(claim),
      `the registry begins empty: s3/${bucket} is not there yet, and will be made`,
    ])
    await untilMissed(onClaim)
    stored = await push('in-bucket')
  })

  it('that goes back to the claim has the images again that are there, and not those of the bucket', async () => {
    expect(await moved(ON_CLAIM)).toEqual([
      stayBehind(`s3/${bucket}`),
      `the registry begins with the images that are in ${claim}`,
    ])
    await untilMissed(stored)
    expect(await pulledDigest(registry, onClaim.name)).toBe(onClaim.digest)
    expect(await hasImage(registry, onNode.name)).toBe(false)
  })

  it('that goes back to its node begins empty', async () => {
    expect(await moved(ON_NODE)).toEqual([
      stayBehind(claim),
      'the registry begins empty: images in emptyDir last no longer than the pod that they are in; choose a storage that lasts for images that are to be kept',
    ])
    await untilMissed(onClaim)
    expect(await hasImage(registry, onNode.name)).toBe(false)
  })

  it('is available and in need of nobody through all of that', () => {
    const told = turns?.all() ?? []
    expect(statuses(told, 'Available')).toEqual(['True'])
    expect(statuses(told, 'Degraded')).toEqual(['False'])
    expect(statuses(told, 'Ready').at(-1)).toBe('True')
  })

  it('has left claim and bucket as they were', async () => {
    const { metadata } = await client.send('GET', claimPath)
    expect(metadata.uid).toBe(claimUid)
    expect(metadata.deletionTimestamp).toBeUndefined()
    const admin = s3Admin(service)
    const keys = Object.keys(await admin.objects(bucket))
    admin.close()
    expect(keys.filter((key) => key.includes(stored.digest.replace('sha256:', '')))).not.toEqual([])
  })
})
