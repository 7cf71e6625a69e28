import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { KubeObject } from '../cluster/cluster-client'
import { buildBundle } from '../harness/bundle'
import { applyConfig, untilComplete } from '../harness/config-status'
import { type OpenshiftCluster, startOpenshiftCluster } from '../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../harness/operator-process'
import { type OwnedLeaf, ownedLeaves } from '../harness/owned-leaves'
import { comparable, type OwnedObject, ownedObjects } from '../harness/registry-objects'
import { eventually } from '../harness/eventually'
import { onEmptyDir } from '../harness/sample-specs'

/** How long a hand edit may stand. */
const REPAIR_MS = 1_000

let cluster: OpenshiftCluster
let operator: OperatorProcess

beforeAll(async () => {
  await buildBundle()
  cluster = await startOpenshiftCluster()
  operator = await startOperator({ kubeconfigPath: cluster.operatorKubeconfigPath })
  await applyConfig(cluster.client, { ...onEmptyDir, routes: [{ name: 'extra', hostname: 'registry.example.com' }] })
  await untilComplete(cluster.client)
})

afterAll(async () => {
  await operator?.stop()
  await cluster?.stop()
})

/** Another value of the same kind, that the API server may well accept. */
const edited = (value: unknown): unknown => {
  if (typeof value === 'string') return /^\d+(m|Mi)$/.test(value) ? `9${value}` : `${value}x`
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (Array.isArray(value)) return value.slice(1)
  return { edited: 'by-hand' }
}

const edit = async (path: string, { pointer, value }: OwnedLeaf): Promise<boolean> => {
  const { code } = await cluster.client.request(
    'PATCH',
    `${path}?fieldManager=kubectl-edit`,
    [{ op: 'replace', path: pointer, value: edited(value) }],
    'application/json-patch+json',
  )
  return code === 200
}

const restored = async ({ path, object }: OwnedObject): Promise<number> => {
  const wanted = JSON.stringify(comparable({ path, object }))
  const since = performance.now()
  await eventually(`${path} is as before`, async () => {
    const { code, body } = await cluster.client.request('GET', path)
    const live = code === 200 ? JSON.stringify(comparable({ path, object: body as KubeObject })) : ''
    return live === wanted ? true : undefined
  }, 10_000)
  return performance.now() - since
}

type Repair = Readonly<{ field: string; ms: number }>

const repairsOf = async (owned: OwnedObject): Promise<ReadonlyArray<Repair>> => {
  const repairs: Repair[] = []
  for (const leaf of ownedLeaves(owned.object)) {
    // Immutable fields are refused by the API server, and need no repair.
    if (await edit(owned.path, leaf))
      repairs.push({ field: `${owned.path}#${leaf.pointer}`, ms: await restored(owned) })
  }
  return repairs
}

describe('a hand edit', () => {
  it(
    'of any owned field of any owned object is put back within a second',
    async () => {
      const objects = (await ownedObjects(cluster.client)).filter(
        ({ object }) => object.kind !== 'PersistentVolumeClaim',
      )
      const repairs: Repair[] = []
      for (const owned of objects) {
        const own = await repairsOf(owned)
        expect(own.length, `${owned.path} has a field that can be edited`).toBeGreaterThan(0)
        repairs.push(...own)
      }
      const slow = repairs.filter(({ ms }) => ms > REPAIR_MS)
      const times = repairs.map(({ ms }) => ms).sort((a, b) => a - b)
      process.stdout.write(
        `drift: ${repairs.length} fields edited, repaired in ${times[times.length >> 1]?.toFixed(0)} ms (median), ` +
          `${times.at(-1)?.toFixed(0)} ms (maximum)\n`,
      )
      expect(repairs.length).toBeGreaterThan(100)
      expect(slow).toEqual([])
    },
    600_000,
  )

  it('that deletes an object brings it back within a second', async () => {
    for (const { path, object } of await ownedObjects(cluster.client)) {
      const uid = object.metadata.uid
      await cluster.client.send('DELETE', path)
      const since = performance.now()
      await eventually(`${path} is back`, async () => {
        const { code, body } = await cluster.client.request('GET', path)
        return code === 200 && (body as KubeObject).metadata.uid !== uid ? true : undefined
      })
      expect(performance.now() - since, path).toBeLessThan(REPAIR_MS)
    }
    await untilComplete(cluster.client)
  })

  it('of labels and annotations that are not ours stays, as do fields that we do not render', async () => {
    const objects = await ownedObjects(cluster.client)
    for (const { path } of objects) {
      await cluster.client.send(
        'PATCH',
        `${path}?fieldManager=somebody`,
        { metadata: { labels: { theirs: 'stays' }, annotations: { 'example.com/theirs': 'stays' } } },
        'application/merge-patch+json',
      )
    }
    // A change of ours makes every object pass through the operator once more.
    await applyConfig(cluster.client, { ...onEmptyDir, logLevel: 'Debug', replicas: 1 })
    await untilComplete(cluster.client)
    for (const { path, object } of await ownedObjects(cluster.client)) {
      expect(object.metadata.labels, path).toMatchObject({ theirs: 'stays' })
      expect(object.metadata.annotations, path).toMatchObject({ 'example.com/theirs': 'stays' })
    }
  })
})
