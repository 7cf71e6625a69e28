import {
  isJsonObject,
  type Json,
  type JsonObject,
  keepsApart,
  type KubeObject,
  names,
} from '../../model'

import { ofKind } from '../readings'

const objectAt = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})
const numberAt = (value: Json | undefined, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise

/** So many pods that keep apart show that there are nodes enough for one of them to go while another serves. */
const ENOUGH = 2

/** See `podsInTheWay` of `ClusterFacts`. */
export const podsInTheWay = (objects: ReadonlyArray<KubeObject>): boolean => {
  const deployment = ofKind(objects, 'apps', 'Deployment').find(isRegistry)
  if (deployment === undefined) return false
  return isMakingRoom(deployment) ? !isRolledOut(deployment) : mayFillEveryNode(deployment)
}

const isRegistry = ({ metadata }: KubeObject): boolean =>
  metadata.namespace === names.REGISTRY_NAMESPACE && metadata.name === names.REGISTRY_NAME

const isMakingRoom = ({ metadata }: KubeObject): boolean =>
  metadata.annotations?.[names.MAKES_ROOM_ANNOTATION] === 'true'

const wantedOf = ({ spec }: KubeObject): number => numberAt(objectAt(spec)['replicas'], 1)

const mayFillEveryNode = (deployment: KubeObject): boolean =>
  keepsApart(objectAt(deployment['spec'])['template']) &&
  wantedOf(deployment) > 0 &&
  numberAt(objectAt(deployment['status'])['availableReplicas'], 0) < ENOUGH

/** Nothing is left of the pods that were in the way; the usual strategy replaces none of those that came. */
const isRolledOut = (deployment: KubeObject): boolean => {
  const status = objectAt(deployment['status'])
  const pods = numberAt(status['replicas'], 0)
  return (
    numberAt(status['observedGeneration'], 0) >= (deployment.metadata.generation ?? 0) &&
    pods === wantedOf(deployment) &&
    numberAt(status['updatedReplicas'], 0) === pods
  )
}
