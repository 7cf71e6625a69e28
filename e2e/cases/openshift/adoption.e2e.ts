import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { KubeObject } from '../../cluster/cluster-client'
import { isWrite, requestsOf, requestSummary } from '../../cluster/requests'
import { mergePatch } from '../../cluster/simulation'
import { applyCase } from '../../compatibility/apply-case'
import { loadCase } from '@image-registry-operator/render/testing'
import { observedObjects } from '../../compatibility/observed-objects'
import { untilQuiet } from '../../compatibility/until-quiet'
import { runCommand } from '../../harness/bundle'
import { conditionOf, getConfig, untilComplete, untilCondition } from '../../harness/config-status'
import { eventually } from '../../harness/eventually'
import {
  OPERATOR_USER,
  type OpenshiftCluster,
  startOpenshiftCluster,
} from '../../harness/openshift-cluster'
import { type OperatorProcess, releaseEnv, startOperator } from '../../harness/operator-process'
import {
  ORIGINAL_MANAGERS,
  type OriginalOperator,
  originalOperator,
  STALE_CONDITION,
} from '../../harness/original-operator'
import { configPath, deploymentPath } from '../../harness/registry-objects'

/** Two replicas on emptyDir, a default route and two more. */
const CASE = 'several-routes'
const registry = 'namespaces/openshift-image-registry'
const podsPath = `/api/v1/${registry}/pods?labelSelector=docker-registry%3Ddefault`
const replicaSetsPath = `/apis/apps/v1/${registry}/replicasets`
const policiesPath = `/apis/networking.k8s.io/v1/${registry}/networkpolicies`
const budgetsPath = `/apis/policy/v1/${registry}/poddisruptionbudgets`
const routesPath = `/apis/route.openshift.io/v1/${registry}/routes`

const theCase = loadCase(CASE)

let cluster: OpenshiftCluster
let original: OriginalOperator
let operator: OperatorProcess | undefined
let before: Readonly<{ pods: ReadonlyArray<string>; replicaSets: ReadonlyArray<string> }>

const uids = async (path: string): Promise<ReadonlyArray<string>> =>
  (await cluster.client.list(path)).map(({ metadata }) => metadata.uid ?? '').sort()

const replicasAvailable = (count: number): Promise<unknown> =>
  eventually(`${count} replicas are available`, async () => {
    const { metadata, status } = await cluster.client.send('GET', deploymentPath)
    const seen = (status ?? {}) as Readonly<Record<string, number>>
    const numbers = [seen['replicas'], seen['updatedReplicas'], seen['availableReplicas']]
    const isSeen = seen['observedGeneration'] === metadata['generation']
    return isSeen && numbers.every((number) => number === count) ? true : undefined
  })

type Entry = Readonly<{ manager: string; operation: string; subresource?: string }>

const entriesOf = ({ metadata }: KubeObject): ReadonlyArray<Entry> =>
  (metadata['managedFields'] ?? []) as ReadonlyArray<Entry>

/** A claim is made once and then left alone, whoever made it. */
const leftToOriginal = async (): Promise<ReadonlyArray<string>> =>
  (await observedObjects(cluster.client, [])).flatMap((object) =>
    entriesOf(object)
      .filter(({ manager }) => ORIGINAL_MANAGERS.some((each) => each === manager))
      .map(
        ({ manager, subresource = 'itself' }) =>
          `${manager} holds ${object.kind}/${object.metadata.name} ${subresource}`,
      ),
  )

const planned = async (): Promise<string> =>
  (await runCommand(['plan', '--kubeconfig', cluster.operatorKubeconfigPath], releaseEnv)).stdout

const start = async (): Promise<void> => {
  operator = await startOperator({ kubeconfigPath: cluster.operatorKubeconfigPath })
}

const stop = async (): Promise<void> => {
  await operator?.stop()
  operator = undefined
}

const settled = async (): Promise<void> => {
  await untilComplete(cluster.client)
  expect(await untilQuiet(cluster.client)).toBe(true)
}

const writesSince = async (from: Date, what: string): Promise<ReadonlyArray<string>> => {
  const all = await cluster.controlPlane.auditEvents()
  const writes = requestsOf(all, { user: OPERATOR_USER, from }).filter(isWrite)
  process.stdout.write(`${what}: ${writes.length} writes\n`)
  return requestSummary(writes)
}

const podTemplate = async (): Promise<Readonly<{ affinity?: unknown }>> => {
  const { spec } = await cluster.client.send('GET', deploymentPath)
  const { template } = spec as Readonly<{
    template: Readonly<{ spec: Readonly<{ affinity?: unknown }> }>
  }>
  return template.spec
}

beforeAll(async () => {
  cluster = await startOpenshiftCluster()
  await applyCase(cluster.controlPlane, cluster.client, theCase)
  original = originalOperator(cluster.controlPlane, CASE)
  await original.writeAll()
  await replicasAvailable(2)
  before = { pods: await uids(podsPath), replicaSets: await uids(replicaSetsPath) }
}, 240_000)

afterAll(async () => {
  await stop()
  original?.close()
  await cluster?.stop()
})

describe('a cluster that the original operator has left', () => {
  it('runs the pods that the original started', () => {
    expect(before.pods).toHaveLength(2)
    expect(before.replicaSets).toHaveLength(1)
  })

  it('says what the original said', async () => {
    const config = await getConfig(cluster.client)
    expect(conditionOf(config, STALE_CONDITION)).toMatchObject({ status: 'True' })
    expect((await leftToOriginal()).length).toBeGreaterThan(20)
  })

  it('is taken over without a new pod', async () => {
    const from = new Date()
    await start()
    await settled()
    const summary = await writesSince(from, 'taking over')
    expect(await uids(replicaSetsPath), summary.join('\n')).toEqual(before.replicaSets)
    expect(await uids(podsPath)).toEqual(before.pods)
  })

  it('has nothing left that the original holds', async () => {
    expect(await leftToOriginal()).toEqual([])
  })

  it('has nothing left to do', async () => {
    expect(await planned()).toBe('Nothing to do: everything is as it should be.\n')
  })

  it('says nothing any more that only the original said, and keeps what stayed true', async () => {
    const config = await getConfig(cluster.client)
    expect(conditionOf(config, STALE_CONDITION)).toBeUndefined()
    expect(conditionOf(config, 'Available')).toMatchObject({ status: 'True', reason: 'Ready' })
    expect(conditionOf(config, 'Degraded')).toMatchObject({ status: 'False' })
  })

  // That all three run is not waited for: the scheduler looks again only after minutes at what the old rule kept out.
  it('is scaled to three replicas, which need no nodes of their own', async () => {
    expect((await podTemplate()).affinity).toBeDefined()
    await mergePatch(cluster.client, configPath, { spec: { replicas: 3 } })
    await eventually('the rule that no two pods share a node is gone', async () =>
      (await podTemplate()).affinity === undefined ? true : undefined,
    )
    const { spec } = await cluster.client.send('GET', deploymentPath)
    expect(spec).toMatchObject({ replicas: 3 })
  })

  it('loses a route that is asked for no longer', async () => {
    await mergePatch(cluster.client, configPath, {
      spec: { routes: [{ name: 'apple', hostname: 'apple.example.com' }] },
    })
    await eventually('the route is gone', async () => {
      const names = (await cluster.client.list(routesPath)).map(({ metadata }) => metadata.name)
      return names.includes('zebra') ? undefined : names
    })
  })

  it('loses everything of the registry when that is removed, the network policy as well', async () => {
    await mergePatch(cluster.client, configPath, { spec: { managementState: 'Removed' } })
    await untilCondition(cluster.client, 'Removed', 'True')
    await eventually('the Deployment is gone, its pods before it', async () =>
      (await cluster.client.request('GET', deploymentPath)).code === 404 ? true : undefined,
    )
    const policies = await cluster.client.list(policiesPath)
    expect(policies.map(({ metadata }) => metadata.name)).not.toContain(
      'image-registry-networkpolicy',
    )
    expect(await cluster.client.list(routesPath)).toEqual([])
    expect(await cluster.client.list(budgetsPath)).toEqual([])
    expect(await planned()).toBe('Nothing to do: everything is as it should be.\n')
  })
})

describe('a cluster that goes back to the original operator', () => {
  beforeAll(async () => {
    const { spec } = { spec: { ...theCase.config, managementState: 'Managed' } }
    await mergePatch(cluster.client, configPath, { spec })
    await settled()
    await stop()
  })

  it('takes every write of the original', async () => {
    await original.writeAll()
    await replicasAvailable(2)
    const config = await getConfig(cluster.client)
    expect(conditionOf(config, STALE_CONDITION)).toMatchObject({ status: 'True' })
  })

  it('is taken over once more', async () => {
    const from = new Date()
    before = { pods: await uids(podsPath), replicaSets: await uids(replicaSetsPath) }
    await start()
    await settled()
    await writesSince(from, 'taking over again')
    expect(await leftToOriginal()).toEqual([])
    expect(conditionOf(await getConfig(cluster.client), STALE_CONDITION)).toBeUndefined()
    expect(await planned()).toBe('Nothing to do: everything is as it should be.\n')
    expect(await uids(podsPath)).toEqual(before.pods)
  })
})
