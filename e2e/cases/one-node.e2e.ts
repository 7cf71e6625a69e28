import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { KubeObject } from '../cluster/cluster-client'
import { mergePatch } from '../cluster/simulation'
import { applyConfig, untilComplete } from '../harness/config-status'
import { eventually } from '../harness/eventually'
import { type OpenshiftCluster, startOpenshiftCluster } from '../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../harness/operator-process'
import { configPath, deploymentPath } from '../harness/registry-objects'
import { getDeployment } from '../harness/registry-workload'
import { onEmptyDir } from '../harness/sample-specs'

const MAKES_ROOM = 'imageregistry.operator.openshift.io/makes-room'

let cluster: OpenshiftCluster
let operator: OperatorProcess

beforeAll(async () => {
  cluster = await startOpenshiftCluster({ auditLog: false, nodeCount: 1 })
  await applyConfig(cluster.client, onEmptyDir)
  operator = await startOperator({ kubeconfigPath: cluster.operatorKubeconfigPath })
})

afterAll(async () => {
  await operator?.stop()
  await cluster?.stop()
})

const withReplicas = (replicas: number): Promise<KubeObject> =>
  mergePatch(cluster.client, configPath, { spec: { replicas } })

/** The only pod that finds a node runs, and the other one waits. */
const untilOneWaits = (): Promise<KubeObject> =>
  eventually('one of two pods runs', async () => {
    const { code, body } = await cluster.client.request('GET', deploymentPath)
    if (code !== 200) return undefined
    const deployment = body as KubeObject
    const { updatedReplicas = 0, availableReplicas = 0 } = (deployment['status'] ?? {}) as Readonly<
      Record<string, number>
    >
    return updatedReplicas === 2 && availableReplicas === 1 ? deployment : undefined
  })

const rolloutOf = ({ metadata, spec }: KubeObject) => {
  const { strategy } = spec as Readonly<{ strategy: Readonly<{ type: string }> }>
  const { annotations = {} } = metadata as Readonly<{
    annotations?: Readonly<Record<string, string>>
  }>
  return [strategy.type, annotations[MAKES_ROOM]]
}

const untilRolling = (): Promise<unknown> =>
  eventually('pods are replaced as ever', async () => {
    const [type, mark] = rolloutOf(await getDeployment(cluster.client))
    return type === 'RollingUpdate' && mark === undefined ? type : undefined
  })

describe('two replicas on the only node, of which one finds no place', () => {
  it.each([3, 1])('become %i, because they go before the new ones come', async (replicas) => {
    // Both are of the kind that keeps apart only where none was there before.
    await withReplicas(0)
    await untilComplete(cluster.client)
    await withReplicas(2)
    await untilOneWaits()
    await withReplicas(replicas)
    await untilComplete(cluster.client)
    await untilRolling()
    const { status } = await getDeployment(cluster.client)
    expect(status).toMatchObject({
      replicas,
      updatedReplicas: replicas,
      availableReplicas: replicas,
    })
  })
})
