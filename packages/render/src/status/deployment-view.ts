import {
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
  names,
  objectsOf,
  textOf,
} from '../model'

/** How far the rollout of the newest pod template is. */
export type Rollout =
  /** The Deployment's controller has not looked at the newest spec: its status is about an older one. */
  'unobserved' | 'underway' | 'timed-out' | 'complete'

/** What the conditions depend on of the live Deployment. */
export type DeploymentView = {
  readonly deleting: boolean
  /** When it was made, as the API writes it; empty where it does not say. */
  readonly madeAt: string
  readonly generation: number
  /** Its controller has looked at the newest spec: the numbers are about that. */
  readonly isObserved: boolean
  readonly wantedReplicas: number
  readonly replicas: number
  /** Those of them that run the newest pod template. */
  readonly updatedReplicas: number
  readonly availableReplicas: number
  readonly readyReplicas: number
  readonly rollout: Rollout
  /** Message of the Deployment's own condition Progressing. */
  readonly progressMessage: string
  /** The release that it is of; empty where it does not say. */
  readonly version: string
  /** Where its pods keep images, as in `spec.storage`; absent when it cannot be told. */
  readonly storage?: JsonObject
}

const objectAt = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})
const numberAt = (value: Json | undefined, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise

export const deploymentView = ({ metadata, spec, status }: KubeObject): DeploymentView => {
  const seen = objectAt(status)
  const wanted = objectAt(spec)
  const generation = metadata.generation ?? 0
  const progress = objectsOf(seen['conditions']).find(({ type }) => type === 'Progressing') ?? {}
  const storage = storageOf(wanted)
  const replicas = numberAt(seen['replicas'], 0)
  const updatedReplicas = updatedOf(seen, progress)
  const observed = numberAt(seen['observedGeneration'], 0)
  const rollout = rolloutOf(progress, observed, generation)
  return {
    deleting: metadata.deletionTimestamp !== undefined,
    madeAt: textOf(metadata['creationTimestamp']),
    generation,
    isObserved: observed >= generation,
    // The API server's default.
    wantedReplicas: numberAt(wanted['replicas'], 1),
    replicas,
    updatedReplicas,
    availableReplicas: numberAt(seen['availableReplicas'], 0),
    readyReplicas: numberAt(seen['readyReplicas'], 0),
    // When a Deployment goes back to a pod template that it had before, its controller repeats for a moment that the
    // rollout before was successful, although no pod is updated yet.
    rollout: rollout === 'complete' && updatedReplicas !== replicas ? 'underway' : rollout,
    progressMessage: textOf(progress['message']),
    version: metadata.annotations?.[names.VERSION_ANNOTATION] ?? '',
    ...(storage === undefined ? {} : { storage }),
  }
}

/**
 * The controller leaves a zero out. Where it was not the controller who wrote the status, nothing is known, and what
 * the condition says counts.
 */
const updatedOf = (seen: JsonObject, progress: JsonObject): number =>
  numberAt(
    seen['updatedReplicas'],
    progress['lastUpdateTime'] === undefined ? numberAt(seen['replicas'], 0) : 0,
  )

const rolloutOf = (progress: JsonObject, observed: number, generation: number): Rollout => {
  // Never looked at: there is nothing older that it could be complete in.
  if (observed === 0 && generation > 0) return 'underway'
  if (observed < generation) return 'unobserved'
  if (progress['reason'] === 'ProgressDeadlineExceeded') return 'timed-out'
  return progress['status'] === 'True' && progress['reason'] === 'NewReplicaSetAvailable'
    ? 'complete'
    : 'underway'
}

const storageOf = (spec: JsonObject): JsonObject | undefined => {
  const pod = objectAt(objectAt(spec['template'])['spec'])
  const volume =
    objectsOf(pod['volumes']).find(({ name }) => name === names.STORAGE_VOLUME_NAME) ?? {}
  const claim = textOf(objectAt(volume['persistentVolumeClaim'])['claimName'])
  if (claim !== '') return { pvc: { claim } }
  return isJsonObject(volume['emptyDir']) ? { emptyDir: {} } : undefined
}
