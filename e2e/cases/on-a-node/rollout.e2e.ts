import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { KubeObject } from '../../cluster/cluster-client'
import { conditionOf, getConfig, untilComplete } from '../../harness/config-status'
import { eventually } from '../../harness/eventually'
import { type Reader, startReader } from '../../harness/kept-connections'
import { podAddress, podsPath } from '../../harness/pods'
import { anonymousStatus } from '../../harness/registry-round-trip'
import { COMPLETE_MS, type ServedRegistry, startRegistryOnS3 } from '../../harness/served-registry'
import { type SlowUpload, startSlowUpload } from '../../harness/slow-upload'
import { notPulledBack, startSteadyLoad, type SteadyLoad } from '../../harness/steady-load'
import type { RegistryAccess } from '../../storage-servers/registry/registry-request'

/**
 * There is one node. Without an affinity of the user's, two replicas have to be on different ones; if they had only
 * rather be, the second one is where it can be.
 */
const RATHER_ON_DIFFERENT_NODES = {
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      {
        weight: 100,
        podAffinityTerm: {
          labelSelector: { matchLabels: { 'docker-registry': 'default' } },
          topologyKey: 'kubernetes.io/hostname',
        },
      },
    ],
  },
}

let served: ServedRegistry
let load: SteadyLoad
let readers: ReadonlyArray<Reader>
let former: ReadonlyArray<KubeObject>

/** An upload that one pod alone has been asked for. */
type UploadToPod = Readonly<{ pod: KubeObject; direct: RegistryAccess; upload: SlowUpload }>

const registryPods = (): Promise<ReadonlyArray<KubeObject>> =>
  served.client.list(podsPath('registry'))

const isFormer = ({ metadata }: KubeObject): boolean =>
  former.some((pod) => pod.metadata.uid === metadata.uid)

const uploadTo = async (pod: KubeObject): Promise<UploadToPod> => {
  const port = await served.cluster.node.reach(podAddress(pod) ?? '', 5000)
  const direct = { ...served.registry, url: `https://127.0.0.1:${port}` }
  return { pod, direct, upload: await startSlowUpload(direct, 'load/slow') }
}

/** The upload to the pod that has to go first; the others are broken off. */
const firstToGo = async (uploads: ReadonlyArray<UploadToPod>): Promise<UploadToPod> => {
  const isGoing = ({ metadata: { name } }: KubeObject, pods: ReadonlyArray<KubeObject>): boolean =>
    pods.some(({ metadata }) => metadata.name === name && metadata.deletionTimestamp !== undefined)
  const first = await eventually(
    'one of the pods has to go',
    async () => {
      const pods = await registryPods()
      return uploads.find(({ pod }) => isGoing(pod, pods))
    },
    COMPLETE_MS,
  )
  for (const { pod, upload } of uploads) if (pod !== first.pod) upload.abandon()
  return first
}

/** Waits until a pod has been told to end: it takes no connection then, and ends what it is at. */
const untilClosed = ({ direct }: UploadToPod): Promise<true> =>
  eventually(
    'a pod that has to go is closed',
    () =>
      anonymousStatus(direct).then(
        () => undefined,
        () => true as const,
      ),
    COMPLETE_MS,
  )

const untilReplaced = (): Promise<ReadonlyArray<KubeObject>> =>
  eventually(
    'all former pods are gone',
    async () => {
      const pods = await registryPods()
      return pods.some(isFormer) ? undefined : pods
    },
    COMPLETE_MS,
  )

beforeAll(async () => {
  served = await startRegistryOnS3({
    managementState: 'Managed',
    replicas: 2,
    affinity: RATHER_ON_DIFFERENT_NODES,
  })
  former = await registryPods()
  // Each of its requests has a connection of its own.
  load = startSteadyLoad(served.registry, { repository: 'load/app' })
  await load.untilOnward()
  const [{ name } = { name: '' }] = load.taken()
  const path = `/v2/${name.replace(':', '/manifests/')}`
  readers = [
    startReader('HTTP/1.1', served.registry, path),
    startReader('HTTP/2', served.registry, path),
  ]
})

afterAll(async () => {
  await Promise.all([load, ...(readers ?? [])].map((each) => each?.stop()))
  await served?.stop()
})

describe('two replicas on S3', () => {
  it('are replaced, as the Config says something else, and not one request fails', async () => {
    expect(former).toHaveLength(2)
    const before = load.done()
    const uploads = await Promise.all(former.map(uploadTo))
    await served.configure({ logLevel: 'Debug' })
    const first = await firstToGo(uploads)
    await untilClosed(first)
    const digest = await first.upload.finish(served.registry)
    expect(await untilReplaced()).toHaveLength(2)
    await untilComplete(served.client, COMPLETE_MS)
    await load.untilOnward()
    await Promise.all([load, ...readers].map((each) => each.stop()))

    expect(load.failures()).toEqual([])
    expect(readers.flatMap(({ failures }) => failures())).toEqual([])
    expect(digest).toMatch(/^sha256:/)
    const { pushes, pulls } = load.done()
    expect(pushes - before.pushes).toBeGreaterThanOrEqual(4)
    expect(pulls - before.pulls).toBeGreaterThanOrEqual(8)
    for (const { answers, connections } of readers) {
      expect(answers()).toBeGreaterThan(10)
      // A connection lasts as long as the pod that it leads to.
      expect(connections()).toBeGreaterThan(1)
      expect(connections()).toBeLessThan(10)
    }
  })

  it('have every image that either pod has taken', async () => {
    expect(await notPulledBack(served.registry, load.taken())).toEqual([])
  })

  it('were available all the time, and not degraded', async () => {
    const turns = served.turns.all()
    const since = turns.findIndex(({ type, status }) => type === 'Available' && status === 'True')
    const bad = turns
      .slice(since)
      .filter(
        ({ type, status }) =>
          (type === 'Available' && status !== 'True') ||
          (type === 'Degraded' && status !== 'False'),
      )
    expect(bad).toEqual([])
    expect(turns.filter(({ type, status }) => type === 'Degraded' && status === 'True')).toEqual([])
    expect(conditionOf(await getConfig(served.client), 'Available')?.status).toBe('True')
  })
})
