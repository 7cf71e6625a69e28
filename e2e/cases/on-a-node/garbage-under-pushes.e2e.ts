import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ClusterClient } from '../../cluster/cluster-client'
import { applyConfig, conditionOf, untilCondition } from '../../harness/config-status'
import { eventually } from '../../harness/eventually'
import { kubectl } from '../../harness/kubectl'
import { furnishKubernetes, startOperatorPod } from '../../harness/kubernetes-cluster'
import { prunerPath } from '../../harness/registry-objects'
import { type Pushed, registryAccess } from '../../harness/registry-round-trip'
import { notPulledBack, startSteadyLoad, type SteadyLoad } from '../../harness/steady-load'
import { storedBlobs, type VanishedBlobs, vanishedBlobs } from '../../harness/stored-blobs'
import { inNode, onMachine } from '../../node/node-configuration'
import { type RealCluster, startRealCluster } from '../../node/real-cluster'
import { digestOf, type Image, isSameImage, newImage } from '../../storage-servers/registry/image'
import { manifestOf } from '../../storage-servers/registry/image-manifest'
import { deleteImage, hasImage, pullImage } from '../../storage-servers/registry/pull-image'
import { pushImage } from '../../storage-servers/registry/push-image'
import type { RegistryAccess } from '../../storage-servers/registry/registry-request'

/** For a machine that is ten times as slow. */
const PATIENCE_MS = 240_000
const claims = '/api/v1/namespaces/openshift-image-registry/persistentvolumeclaims'

/** A claim for several pods, so that the registry gives images out while its pods are replaced. */
const SHARED_CLAIM = {
  managementState: 'Managed',
  replicas: 1,
  rolloutStrategy: 'RollingUpdate',
  storage: { pvc: {} },
}

let cluster: RealCluster
let client: ClusterClient
let registry: RegistryAccess
let folder: string
let load: SteadyLoad | undefined
let vanished: VanishedBlobs | undefined

/** It is never time: what is to be seen is begun by hand. */
const applyPruner = (suspend: boolean): Promise<unknown> =>
  client.send(
    'PATCH',
    `${prunerPath}?fieldManager=e2e-user&force=true`,
    {
      apiVersion: 'imageregistry.operator.openshift.io/v1',
      kind: 'ImagePruner',
      metadata: {
        name: 'cluster',
        annotations: { 'imageregistry.operator.openshift.io/delete-untagged': 'true' },
      },
      spec: { schedule: '0 0 29 2 *', suspend },
    },
    'application/apply-patch+yaml',
  )

const untilReady = (): Promise<unknown> => untilCondition(client, 'Ready', 'True', PATIENCE_MS)

/** Waits until the clean-up says this; what a Job has logged is known a moment after it has ended. */
const untilTold = (reason: string, what: RegExp): Promise<RegExpExecArray> =>
  eventually(
    `GarbageCollected is ${reason}, ${what}`,
    async () => {
      const condition = conditionOf(await client.send('GET', prunerPath), 'GarbageCollected')
      return condition?.reason === reason ? (what.exec(condition.message) ?? undefined) : undefined
    },
    PATIENCE_MS,
  )

/** Of the layers of an image. */
const BYTES = 301_000

const push = async (name: string): Promise<Pushed> => {
  const image = newImage([1000, BYTES - 1000])
  // A pod is ready a moment before its Service leads there.
  const digest = await eventually(`${name} is pushed`, () =>
    pushImage(registry, name, image).catch(() => undefined),
  )
  return { name, image, digest }
}

const blobsOf = (image: Image): ReadonlyArray<string> =>
  [...image.layers, image.config, manifestOf(image)].map(digestOf)

const bytesOf = (blobs: ReadonlyArray<Readonly<{ size: number }>>): number =>
  blobs.reduce((sum, { size }) => sum + size, 0)

/** The folder of the node in which the claim is. */
const folderOfClaim = async (): Promise<string> => {
  const { spec } = (await client.send(
    'GET',
    `${claims}/image-registry-storage`,
  )) as unknown as Readonly<{ spec: Readonly<{ volumeName: string }> }>
  return join(onMachine(cluster.node.folder, inNode.volumes), spec.volumeName)
}

beforeAll(async () => {
  cluster = await startRealCluster()
  client = cluster.client
  const installation = await furnishKubernetes(cluster)
  await applyConfig(client, SHARED_CLAIM)
  await applyPruner(true)
  await startOperatorPod(cluster, installation)
  await untilReady()
  registry = await registryAccess(client, cluster.node)
  folder = await folderOfClaim()
})

afterAll(async () => {
  await load?.stop()
  await vanished?.stop()
  await cluster?.stop()
})

describe('the garbage of a registry', () => {
  let kept: ReadonlyArray<Pushed>
  let garbage: ReadonlyArray<Pushed>

  it('is told by a dry run that is begun by hand, and deletes nothing', async () => {
    const untagged = await push('demo/garbage:latest')
    const deleted = await push('demo/garbage:v1')
    kept = [await push('demo/kept:v1'), await push('demo/garbage:latest')]
    garbage = [untagged, deleted]
    await deleteImage(registry, `demo/garbage@${deleted.digest}`)
    const before = await storedBlobs(folder)
    expect(Object.keys(before).sort()).toEqual(
      [...kept, ...garbage].flatMap(({ image }) => blobsOf(image)).sort(),
    )
    const { code, stderr } = await kubectl(cluster.controlPlane, [
      ...['create', 'job', '--from=cronjob/image-pruner', 'image-pruner-now'],
      ...['--namespace', 'openshift-image-registry'],
    ])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const [, found] = await untilTold('GarbageFound', /dry run image-pruner-now found (.*) at /)
    expect(found).toBe('8 blobs and 1 manifest')
    expect(await storedBlobs(folder)).toEqual(before)
  })

  it('is deleted under pushes: what was taken is whole, the rest was refused, and as much went as is told', async () => {
    load = startSteadyLoad(registry, { repository: 'demo/live', workers: 1 })
    vanished = await vanishedBlobs(folder)
    await load.untilOnward()
    const before = load.done()
    await applyPruner(false)
    const [, blobs, manifests] = await untilTold(
      'Collected',
      /image-pruner-collect-\w+ deleted (\d+) blobs and (\d+) manifest/,
    )
    const gone = await vanished.all()
    await untilReady()
    const { pushes } = await load.untilOnward()
    expect(pushes).toBeGreaterThan(before.pushes)
    await load.stop()

    expect({ blobs, manifests }).toEqual({ blobs: `${gone.length}`, manifests: '1' })
    const unwanted = garbage.flatMap(({ image }) => blobsOf(image))
    const freed = gone.filter(({ digest }) => unwanted.includes(digest))
    expect(freed.map(({ digest }) => digest).sort()).toEqual([...unwanted].sort())
    expect(bytesOf(freed)).toBeGreaterThan(2 * BYTES)
    const now = await storedBlobs(folder)
    expect(unwanted.filter((digest) => digest in now)).toEqual([])

    const refusals = load.failures().map(({ why }) => why)
    expect(refusals.filter((why) => !why.includes(': 405 instead of 20')).slice(0, 5)).toEqual([])
    expect(refusals.length).toBeGreaterThan(0)
    expect(await notPulledBack(registry, [...load.taken(), ...kept])).toEqual([])
  })

  it('is gone, and can be pushed again to the last byte', async () => {
    for (const { digest } of garbage)
      expect(await hasImage(registry, `demo/garbage@${digest}`)).toBe(false)
    for (const { image } of garbage) {
      await pushImage(registry, 'demo/garbage:again', image)
      expect(isSameImage(await pullImage(registry, 'demo/garbage:again'), image)).toBe(true)
    }
  })
})
