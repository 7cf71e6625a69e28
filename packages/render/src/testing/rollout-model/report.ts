import { isScaling } from './deployment-controller'
import type { DeploymentSpec } from './scenario'
import { availableIn, replicasOf, type Scene } from './scene'

/** What the controller of Deployments has last reported. */
export type Report = {
  readonly replicas: number
  readonly updated: number
  readonly available: number
  /** Of its condition Progressing; empty before it has looked. */
  readonly reason: '' | 'NewReplicaSetCreated' | 'ReplicaSetUpdated' | 'NewReplicaSetAvailable'
}

export const NO_REPORT: Report = { replicas: 0, updated: 0, available: 0, reason: '' }

export const keyOfReport = ({ replicas, updated, available, reason }: Report): string =>
  `${replicas}${updated}${available}${reason}`

type Counts = Omit<Report, 'reason'>

const countsOf = (scene: Scene, { template }: DeploymentSpec): Counts => ({
  replicas: replicasOf(scene, 0) + replicasOf(scene, 1),
  updated: replicasOf(scene, template),
  available: availableIn(scene),
})

const isComplete = (counts: Counts, { replicas }: DeploymentSpec): boolean =>
  counts.replicas === replicas && counts.updated === replicas && counts.available === replicas

const hasProgressed = (before: Counts, now: Counts): boolean =>
  now.updated > before.updated ||
  now.replicas - now.updated < before.replicas - before.updated ||
  now.available > before.available

/**
 * What the controller reports when it looks at this, as Kubernetes 1.35 has it (`syncRolloutStatus` in `progress.go`), for
 * somebody whose patience does not end. A rollout that was once complete is not looked at again.
 */
export const reportOn = (
  before: Report,
  [scene, after]: readonly [Scene, Scene],
  spec: DeploymentSpec,
): Report => {
  const counts = countsOf(scene, spec)
  const isNew = scene.sets[spec.template] === undefined && after.sets[spec.template] !== undefined
  const reason = isNew ? 'NewReplicaSetCreated' : before.reason
  if (isScaling(scene, spec)) return { ...counts, reason }
  if (reason === 'NewReplicaSetAvailable' && counts.replicas === counts.updated)
    return { ...counts, reason }
  if (isComplete(counts, spec)) return { ...counts, reason: 'NewReplicaSetAvailable' }
  return { ...counts, reason: hasProgressed(before, counts) ? 'ReplicaSetUpdated' : reason }
}
