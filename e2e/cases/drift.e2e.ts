import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { KubeObject } from '../cluster/cluster-client'
import { applyConfig, getConfig, untilComplete, untilSettled } from '../harness/config-status'
import { type OpenshiftCluster, startOpenshiftCluster } from '../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../harness/operator-process'
import { type OwnedLeaf, ownedLeaves } from '../harness/owned-leaves'
import {
  comparable,
  configPath,
  clusterOperatorPath,
  deploymentPath,
  imagePath,
  type OwnedObject,
  ownedObjects,
  prunerPath,
} from '../harness/registry-objects'
import { eventually } from '../harness/eventually'
import { onEmptyDir } from '../harness/sample-specs'

/** How long a hand edit may stand. */
const REPAIR_MS = 1_000

/** How long one edit among many may stand on a machine that does other things as well. */
const BUSY_MS = 5_000

const spec = {
  ...onEmptyDir,
  // A generated one cannot be put back: nobody knows it but the object that was edited.
  httpSecret: 'an-example-not-a-secret',
  routes: [{ name: 'extra', hostname: 'registry.example.com' }],
}

let cluster: OpenshiftCluster
let operator: OperatorProcess

beforeAll(async () => {
  cluster = await startOpenshiftCluster()
  operator = await startOperator({ kubeconfigPath: cluster.operatorKubeconfigPath })
  await applyConfig(cluster.client, spec)
  await untilSettled(cluster.client)
})

afterAll(async () => {
  await operator?.stop()
  await cluster?.stop()
})

/** Where only certain words are allowed, another one of them. */
const otherWords: Readonly<Record<string, string>> = {
  AlwaysAllow: 'IfHealthyBudget',
  Always: 'IfNotPresent',
  Default: 'None',
  DoNotSchedule: 'ScheduleAnyway',
  FallbackToLogsOnError: 'File',
  Forbid: 'Allow',
  HTTP: 'HTTPS',
  HTTPS: 'HTTP',
  Honor: 'Ignore',
  Never: 'OnFailure',
  OnRootMismatch: 'Always',
  RollingUpdate: 'Recreate',
  ScheduleAnyway: 'DoNotSchedule',
  TCP: 'UDP',
  '10%': '20%',
  '0 0 * * *': '1 1 * * *',
}

const editedText = (text: string): string =>
  otherWords[text] ?? (/^\d+(m|Mi)$/.test(text) ? `9${text}` : `${text}x`)

/** Another value of the same kind, that the API server may well accept. */
const edited = (value: unknown): unknown => {
  if (typeof value === 'string') return editedText(value)
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (Array.isArray(value)) return value.slice(1)
  return { edited: 'by-hand' }
}

type Edit = Readonly<{ op: 'replace' | 'remove'; path: string; value?: unknown }>

/** Two hand edits of a field: another value, and none at all. */
const editsOf = ({ pointer, value }: OwnedLeaf): ReadonlyArray<Edit> => [
  {
    op: 'replace',
    path: pointer,
    // In the only data that there are, those of Secrets, any base64 will do where JSON is not asked for.
    value: pointer.startsWith('/data/')
      ? Buffer.from('{"auths":{}}').toString('base64')
      : edited(value),
  },
  { op: 'remove', path: pointer },
]

/** Immutable fields, and values that cannot be, are refused by the API server, and need no repair. */
const isAccepted = async (path: string, edit: Edit): Promise<boolean> => {
  const { code } = await cluster.client.request(
    'PATCH',
    `${path}?fieldManager=kubectl-edit`,
    [edit],
    'application/json-patch+json',
  )
  return code === 200
}

/** Everything that must not differ after a repair: here values of Secrets count as well. */
const exact = (owned: OwnedObject): string =>
  JSON.stringify([comparable(owned), owned.object['data']])

const restored = async ({ path, object }: OwnedObject, what: string): Promise<number> => {
  const wanted = exact({ path, object })
  const since = performance.now()
  await eventually(
    `as before: ${what}`,
    async () => {
      const { code, body } = await cluster.client.request('GET', path)
      const isThere = code === 200 && exact({ path, object: body as KubeObject }) === wanted
      return isThere ? true : undefined
    },
    10_000,
  )
  return performance.now() - since
}

const ownDeployment = async (): Promise<OwnedObject> => ({
  path: deploymentPath,
  object: await cluster.client.send('GET', deploymentPath),
})

/** An edit of one field, and how long it stood; undefined if the API server refused it. */
type Repair = Readonly<{ field: string; ms: number | undefined }>

const repairsOf = async (owned: OwnedObject): Promise<ReadonlyArray<Repair>> => {
  const repairs: Repair[] = []
  for (const edit of ownedLeaves(owned.object).flatMap(editsOf)) {
    const field = `${edit.op} ${owned.object.kind} ${owned.object.metadata.name} ${edit.path}`
    const isDone = await isAccepted(owned.path, edit)
    repairs.push({ field, ms: isDone ? await restored(owned, field) : undefined })
  }
  return repairs
}

describe('a hand edit', () => {
  it('of any owned field of any owned object is put back within a second', async () => {
    const objects = (await ownedObjects(cluster.client)).filter(
      ({ object }) => object.kind !== 'PersistentVolumeClaim',
    )
    const repairs: Repair[] = []
    for (const owned of objects) {
      const own = await repairsOf(owned)
      expect(
        own.some(({ ms }) => ms !== undefined),
        `${owned.path} can be edited`,
      ).toBe(true)
      repairs.push(...own)
    }
    const times = repairs.flatMap(({ ms }) => (ms === undefined ? [] : [ms])).sort((a, b) => a - b)
    const slowest = repairs.find(({ ms }) => ms === times.at(-1))
    process.stdout.write(
      `drift: ${times.length} edits repaired in ${times[times.length >> 1]?.toFixed(0)} ms (median), ` +
        `${times.at(-1)?.toFixed(0)} ms (maximum: ${slowest?.field}); ${repairs.length - times.length} refused by the API server\n`,
    )
    const refused = repairs.filter(({ ms }) => ms === undefined).map(({ field }) => field)
    process.stdout.write(`drift: refused:\n${refused.join('\n')}\n`)
    expect(times.length).toBeGreaterThan(350)
    expect(times[Math.floor(times.length * 0.95)]).toBeLessThan(REPAIR_MS)
    expect(repairs.filter(({ ms = 0 }) => ms > BUSY_MS)).toEqual([])
  }, 600_000)

  it('of what the cluster is told of the registry is put back within a second', async () => {
    const before = await cluster.client.send('GET', imagePath)
    const leaves = ownedLeaves(before, 'status')
    expect(leaves.map(({ pointer }) => pointer).sort()).toEqual([
      '/status/externalRegistryHostnames',
      '/status/imageStreamImportMode',
      '/status/internalRegistryHostname',
    ])
    for (const { pointer } of leaves) {
      const since = performance.now()
      await cluster.client.send(
        'PATCH',
        `${imagePath}/status?fieldManager=kubectl-edit`,
        [{ op: 'remove', path: pointer }],
        'application/json-patch+json',
      )
      await eventually(`${pointer} is back`, async () => {
        const { status } = await cluster.client.send('GET', imagePath)
        return JSON.stringify(status) === JSON.stringify(before['status']) ? true : undefined
      })
      expect(performance.now() - since, pointer).toBeLessThan(BUSY_MS)
    }
  })

  it.each([
    {
      what: 'a further container',
      add: {
        op: 'add',
        path: '/spec/template/spec/containers/-',
        value: { name: 'theirs', image: 'theirs' },
      },
    },
    {
      what: 'another kind of storage in place of ours',
      add: {
        op: 'replace',
        path: '/spec/template/spec/volumes/0',
        value: { name: 'registry-storage', hostPath: { path: '/tmp' } },
      },
    },
  ])('that puts $what into the pod is undone within a second', async ({ what, add }) => {
    const { path, object } = await ownDeployment()
    await cluster.client.send(
      'PATCH',
      `${path}?fieldManager=kubectl-edit`,
      [add],
      'application/json-patch+json',
    )
    expect(await restored({ path, object }, what)).toBeLessThan(BUSY_MS)
    await untilComplete(cluster.client)
  })

  it('that deletes an object brings it back within a second', async () => {
    const spoken = await Promise.all(
      [prunerPath, clusterOperatorPath, imagePath].map(async (path) => ({
        path,
        object: await cluster.client.send('GET', path),
      })),
    )
    for (const { path, object } of [...(await ownedObjects(cluster.client)), ...spoken]) {
      const uid = object.metadata.uid
      await cluster.client.send('DELETE', path)
      const since = performance.now()
      await eventually(`${path} is back`, async () => {
        const { code, body } = await cluster.client.request('GET', path)
        return code === 200 && (body as KubeObject).metadata.uid !== uid ? true : undefined
      })
      expect(performance.now() - since, path).toBeLessThan(BUSY_MS)
    }
    await untilSettled(cluster.client)
  })

  it('of what we decide in the Config stays, and counts', async () => {
    const decisions = {
      storage: { managementState: 'Unmanaged' },
      observedConfig: { servingInfo: { minTLSVersion: 'VersionTLS13' } },
    }
    await cluster.client.send(
      'PATCH',
      `${configPath}?fieldManager=kubectl-edit`,
      { spec: decisions },
      'application/merge-patch+json',
    )
    await eventually('the pods are told', async () =>
      JSON.stringify((await ownDeployment()).object).includes('VersionTLS13') ? true : undefined,
    )
    await untilSettled(cluster.client)
    const config = await getConfig(cluster.client)
    expect(config['spec']).toMatchObject(decisions)
    expect(config['status']).toMatchObject({ storageManaged: false })
  })

  it('of labels and annotations that are not ours stays, as do fields that we do not render', async () => {
    const objects = await ownedObjects(cluster.client)
    for (const { path } of objects) {
      await cluster.client.send(
        'PATCH',
        `${path}?fieldManager=somebody`,
        {
          metadata: { labels: { theirs: 'stays' }, annotations: { 'example.com/theirs': 'stays' } },
        },
        'application/merge-patch+json',
      )
    }
    // A change of ours makes every object pass through the operator once more.
    await applyConfig(cluster.client, { ...spec, logLevel: 'Debug' })
    await untilComplete(cluster.client)
    for (const { path, object } of await ownedObjects(cluster.client)) {
      expect(object.metadata.labels, path).toMatchObject({ theirs: 'stays' })
      expect(object.metadata.annotations, path).toMatchObject({ 'example.com/theirs': 'stays' })
    }
  })
})
