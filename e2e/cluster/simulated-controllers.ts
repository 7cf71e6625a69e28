import { setTimeout as sleep } from 'node:timers/promises'

import type { ClusterClient, KubeObject } from './cluster-client'
import { type KubeconfigSource, mergePatch, type Simulation, startSimulation } from './simulation'

const name = 'simulated-controllers'

/** As long as pods take to be ready here; long enough to be seen. */
const rolloutMs = 400

type DeploymentSpec = Readonly<{ replicas?: number; strategy?: Readonly<{ type?: string }> }>

type DeploymentStatus = Readonly<{
  observedGeneration?: number
  updatedReplicas?: number
  availableReplicas?: number
}>

const condition = (type: string, isTrue: boolean, reason: string): unknown => ({
  type,
  status: isTrue ? 'True' : 'False',
  reason,
  message: '',
  lastUpdateTime: new Date().toISOString(),
  lastTransitionTime: new Date().toISOString(),
})

type Pods = Readonly<{ wanted: number; updated: number; available: number }>

const deploymentStatus = (generation: unknown, { wanted, updated, available }: Pods): unknown => {
  const isDone = updated === wanted
  const isAvailable = available > 0 || wanted === 0
  return {
    observedGeneration: generation,
    replicas: wanted,
    updatedReplicas: updated,
    readyReplicas: available,
    availableReplicas: available,
    unavailableReplicas: available === wanted ? null : wanted - available,
    conditions: [
      condition(
        'Available',
        isAvailable,
        isAvailable ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
      ),
      condition('Progressing', true, isDone ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated'),
    ],
  }
}

/** Pods of the old kind stay until those of the new kind are ready, unless all of them are to go first. */
const underWay = (
  { replicas: wanted = 1, strategy }: DeploymentSpec,
  { availableReplicas = 0 }: DeploymentStatus,
): Pods => ({
  wanted,
  updated: 0,
  available: strategy?.type === 'Recreate' ? 0 : Math.min(availableReplicas, wanted),
})

const rollOut =
  (client: ClusterClient) =>
  async (deployment: KubeObject): Promise<void> => {
    const { metadata } = deployment
    const spec = deployment['spec'] as DeploymentSpec
    const now = (deployment['status'] ?? {}) as DeploymentStatus
    const { replicas: wanted = 1 } = spec
    const { generation } = metadata
    const isSeen = now.observedGeneration === generation
    if (isSeen && now.updatedReplicas === wanted) return
    // The first step comes back as an event, and the second is made then.
    if (isSeen) await sleep(rolloutMs)
    const path = `/apis/apps/v1/namespaces/${metadata.namespace}/deployments/${metadata.name}/status`
    const pods = isSeen ? { wanted, updated: wanted, available: wanted } : underWay(spec, now)
    await mergePatch(client, path, { status: deploymentStatus(generation, pods) })
  }

/** As on a single node. */
const spreadOut =
  (client: ClusterClient) =>
  async ({ metadata, status }: KubeObject): Promise<void> => {
    const { generation } = metadata
    if ((status as DeploymentStatus | undefined)?.observedGeneration === generation) return
    await sleep(rolloutMs)
    const path = `/apis/apps/v1/namespaces/${metadata.namespace}/daemonsets/${metadata.name}/status`
    const counts = [
      'currentNumberScheduled',
      'desiredNumberScheduled',
      'updatedNumberScheduled',
      'numberReady',
      'numberAvailable',
    ].map((count) => [count, 1] as const)
    await mergePatch(client, path, {
      status: {
        observedGeneration: generation,
        numberMisscheduled: 0,
        ...Object.fromEntries(counts),
      },
    })
  }

const bind =
  (client: ClusterClient) =>
  async ({ metadata, spec, status }: KubeObject): Promise<void> => {
    if ((status as Readonly<{ phase?: string }> | undefined)?.phase === 'Bound') return
    const { accessModes, resources } = spec as Readonly<{
      accessModes: ReadonlyArray<string>
      resources: Readonly<{ requests: unknown }>
    }>
    const path = `/api/v1/namespaces/${metadata.namespace}/persistentvolumeclaims/${metadata.name}/status`
    await mergePatch(client, path, {
      status: { phase: 'Bound', accessModes, capacity: resources.requests },
    })
  }

/**
 * Stands in for the controller manager and the scheduler where there are none: Deployments and DaemonSets
 * become complete without any pods, and claims are bound without any volume.
 */
export const startSimulatedControllers = (controlPlane: KubeconfigSource): Promise<Simulation> =>
  startSimulation(controlPlane, name, [
    { path: '/apis/apps/v1/deployments', react: rollOut },
    { path: '/apis/apps/v1/daemonsets', react: spreadOut },
    { path: '/api/v1/persistentvolumeclaims', react: bind },
  ])
