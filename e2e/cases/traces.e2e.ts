import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import type { KubeObject } from '../cluster/cluster-client'
import { mergePatch } from '../cluster/simulation'
import { applyConfig, getClusterOperator, untilSettled } from '../harness/config-status'
import { eventually } from '../harness/eventually'
import { type OpenshiftCluster, startOpenshiftCluster } from '../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../harness/operator-process'
import { configPath, deploymentPath } from '../harness/registry-objects'
import { onEmptyDir } from '../harness/sample-specs'
import { type Listener, listening, type Told } from '../harness/told'

const podsPath = '/api/v1/namespaces/openshift-image-registry/pods'
const registryPods = `${podsPath}?labelSelector=docker-registry%3Ddefault`
const NEXT_RELEASE = {
  IMAGE: 'registry.example.com/openshift/docker-registry:v2',
  OPERATOR_IMAGE: 'registry.example.com/openshift/image-registry-operator:v2',
  RELEASE_VERSION: '4.23.0',
}
/** So many that there is always one for a pod that has to go elsewhere. */
const NODES = 4
/** Time for what would still be told to be told. */
const SETTLE_MS = 2_000

let cluster: OpenshiftCluster
let operator: OperatorProcess
let listener: Listener

const pods = (): Promise<ReadonlyArray<KubeObject>> => cluster.client.list(registryPods)

const nodeOf = ({ spec }: KubeObject): string =>
  (spec as Readonly<{ nodeName?: string }>).nodeName ?? ''

type Turns = Readonly<{ [condition: string]: ReadonlyArray<string> }>

/** For each condition the statuses that it turned to, in order. */
const turnsOf = (told: ReadonlyArray<Told>): Turns =>
  told.reduce<Turns>((turns, { kind, type, status }) => {
    const key = `${kind} ${type}`
    return { ...turns, [key]: [...(turns[key] ?? []), status] }
  }, {})

/** What was told since then of what somebody may be called for; Ready and Reconciling are for who waits. */
const alarms = (told: ReadonlyArray<Told>): Turns =>
  turnsOf(told.filter(({ type }) => ['Available', 'Progressing', 'Degraded'].includes(type)))

const settled = async (): Promise<Turns> => {
  await untilSettled(cluster.client)
  await sleep(SETTLE_MS)
  return alarms(listener.take())
}

/** Evicts a pod, as a drain does: again and again for as long as the budget does not allow it. */
const evict = async ({ metadata }: KubeObject): Promise<void> => {
  const eviction = {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name: metadata.name, namespace: metadata.namespace },
  }
  await eventually(`${metadata.name} is evicted`, async () => {
    const { code } = await cluster.client.request(
      'POST',
      `${podsPath}/${metadata.name}/eviction`,
      eviction,
    )
    return code === 429 ? undefined : code
  })
}

const cordon = (name: string, unschedulable: boolean): Promise<KubeObject> =>
  mergePatch(cluster.client, `/api/v1/nodes/${name}`, { spec: { unschedulable } })

const untilOtherPods = (gone: ReadonlyArray<KubeObject>): Promise<unknown> =>
  eventually('other pods have taken their place', async () => {
    const now = await pods()
    const left = gone.filter(({ metadata }) => now.some((pod) => pod.metadata.uid === metadata.uid))
    return left.length === 0 ? now : undefined
  })

beforeAll(async () => {
  cluster = await startOpenshiftCluster({ auditLog: false, nodeCount: NODES })
  await applyConfig(cluster.client, onEmptyDir)
  operator = await startOperator({ kubeconfigPath: cluster.operatorKubeconfigPath })
  await untilSettled(cluster.client)
  listener = listening(cluster.client)
  await sleep(SETTLE_MS)
})

afterEach(() => {
  listener.take()
})

afterAll(async () => {
  await listener?.stop()
  await operator?.stop()
  await cluster?.stop()
})

describe('what the cluster is told', () => {
  it('of a drained node is nothing', async () => {
    const [pod] = await pods()
    if (pod === undefined) throw new Error('there is no pod')
    await cordon(nodeOf(pod), true)
    const here = (await pods()).filter((each) => nodeOf(each) === nodeOf(pod))
    for (const each of here) await evict(each)
    await untilOtherPods(here)
    expect(await settled()).toEqual({})
    await cordon(nodeOf(pod), false)
    expect((await pods()).map(nodeOf)).not.toContain(nodeOf(pod))
  })

  it('of all nodes drained one after the other is nothing', async () => {
    for (let index = 0; index < NODES; index += 1) {
      const name = `worker-${index}`
      await cordon(name, true)
      const here = (await pods()).filter((each) => nodeOf(each) === name)
      for (const each of here) await evict(each)
      await untilOtherPods(here)
      await untilSettled(cluster.client)
      await cordon(name, false)
    }
    expect(await settled()).toEqual({})
  })

  it('of a pod that is deleted by hand is nothing', async () => {
    const [pod] = await pods()
    if (pod === undefined) throw new Error('there is no pod')
    await cluster.client.send('DELETE', `${podsPath}/${pod.metadata.name}`)
    await untilOtherPods([pod])
    expect(await settled()).toEqual({})
  })

  it('of an operator that starts anew is nothing', async () => {
    await operator.stop()
    operator = await startOperator({ kubeconfigPath: cluster.operatorKubeconfigPath })
    await eventually('it has made a pass', async () => {
      const metrics = await operator.metrics().catch(() => '')
      return /reconcile_total\{result="(un)?changed"\} [1-9]/.test(metrics) ? true : undefined
    })
    expect(await settled()).toEqual({})
  })

  it('of another log level is a rollout that only the Config speaks of', async () => {
    await mergePatch(cluster.client, configPath, { spec: { logLevel: 'Debug' } })
    expect(await settled()).toEqual({ 'Config Progressing': ['True', 'False'] })
  })

  it('of an upgrade is that it is under way, once, and that it is done', async () => {
    await operator.stop()
    operator = await startOperator({
      kubeconfigPath: cluster.operatorKubeconfigPath,
      env: NEXT_RELEASE,
    })
    await eventually('the pods are of the new release', async () => {
      const text = JSON.stringify(await cluster.client.send('GET', deploymentPath))
      return text.includes(NEXT_RELEASE.IMAGE) ? true : undefined
    })
    expect(await settled()).toEqual({
      'Config Progressing': ['True', 'False'],
      'ClusterOperator Progressing': ['True', 'False'],
    })
    expect((await getClusterOperator(cluster.client))['status']).toMatchObject({
      versions: [{ name: 'operator', version: NEXT_RELEASE.RELEASE_VERSION }],
    })
  })
})
