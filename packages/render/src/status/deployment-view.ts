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
  readonly generation: number
  readonly wantedReplicas: number
  readonly replicas: number
  readonly availableReplicas: number
  readonly readyReplicas: number
  readonly rollout: Rollout
  /** Message of the Deployment's own condition Progressing. */
  readonly progressMessage: string
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
  return {
    deleting: metadata.deletionTimestamp !== undefined,
    generation,
    // The API server's default.
    wantedReplicas: numberAt(wanted['replicas'], 1),
    replicas: numberAt(seen['replicas'], 0),
    availableReplicas: numberAt(seen['availableReplicas'], 0),
    readyReplicas: numberAt(seen['readyReplicas'], 0),
    rollout: rolloutOf(progress, numberAt(seen['observedGeneration'], 0), generation),
    progressMessage: textOf(progress['message']),
    ...(storage === undefined ? {} : { storage }),
  }
}

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
