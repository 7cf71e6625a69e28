import { setTimeout as sleep } from 'node:timers/promises'

import type { ClusterClient, KubeObject } from './cluster-client'
import { type KubeconfigSource, mergePatch, type Simulation, startSimulation } from './simulation'

const name = 'simulated-controllers'

/** As long as pods of a Deployment take to be ready here; long enough to be seen. */
const rolloutMs = 400

type DeploymentStatus = Readonly<{
  observedGeneration?: number
  replicas?: number
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

const rollout = (generation: unknown, replicas: number, available: number): unknown => {
  const isDone = available === replicas
  return {
    observedGeneration: generation,
    replicas,
    updatedReplicas: replicas,
    readyReplicas: available,
    availableReplicas: available,
    unavailableReplicas: isDone ? null : replicas - available,
    conditions: [
      condition(
        'Available',
        isDone,
        isDone ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
      ),
      condition('Progressing', true, isDone ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated'),
    ],
  }
}

const rollOut =
  (client: ClusterClient) =>
  async ({ metadata, spec, status }: KubeObject): Promise<void> => {
    const { replicas = 1 } = spec as Readonly<{ replicas?: number }>
    const { generation } = metadata
    const now = (status ?? {}) as DeploymentStatus
    const isSeen = now.observedGeneration === generation && now.replicas === replicas
    if (isSeen && now.availableReplicas === replicas) return
    // The first step comes back as an event, and the second is made then.
    if (isSeen) await sleep(rolloutMs)
    const path = `/apis/apps/v1/namespaces/${metadata.namespace}/deployments/${metadata.name}/status`
    await mergePatch(client, path, {
      status: rollout(generation, replicas, isSeen ? replicas : 0),
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
 * Stands in for the controller manager and the scheduler where there are none: Deployments become
 * complete without any pods, and claims are bound without any volume.
 */
export const startSimulatedControllers = (controlPlane: KubeconfigSource): Promise<Simulation> =>
  startSimulation(controlPlane, name, [
    { path: '/apis/apps/v1/deployments', react: rollOut },
    { path: '/api/v1/persistentvolumeclaims', react: bind },
  ])
