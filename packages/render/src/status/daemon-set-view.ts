import { isJsonObject, type Json, type JsonObject, type KubeObject } from '../model'

/** What the conditions depend on of the live DaemonSet. */
export type DaemonSetView = {
  readonly generation: number
  /** Its controller has looked at the newest spec: the numbers are about that. */
  readonly isObserved: boolean
  readonly desiredNumberScheduled: number
  readonly updatedNumberScheduled: number
  readonly numberAvailable: number
}

const objectAt = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})
const numberAt = (value: Json | undefined): number => (typeof value === 'number' ? value : 0)

export const daemonSetView = ({ metadata, status }: KubeObject): DaemonSetView => {
  const seen = objectAt(status)
  const generation = metadata.generation ?? 0
  return {
    generation,
    isObserved: numberAt(seen['observedGeneration']) >= generation,
    desiredNumberScheduled: numberAt(seen['desiredNumberScheduled']),
    updatedNumberScheduled: numberAt(seen['updatedNumberScheduled']),
    numberAvailable: numberAt(seen['numberAvailable']),
  }
}
