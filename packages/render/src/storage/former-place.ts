import {
  isJsonObject,
  type Json,
  type JsonObject,
  type Storage,
  storageFields,
  textOf,
} from '../model'

/** Where images were when the status was last written. */
export type FormerPlace = 'unknown' | 'here' | 'elsewhere'

const objectAt = (object: JsonObject, name: string): JsonObject => {
  const value = object[name]
  return isJsonObject(value) ? value : {}
}

/** The fields that choose a kind of storage. */
const BACKENDS = ['emptyDir', 's3', 'swift', 'gcs', 'ibmcos', 'pvc', 'azure', 'oss']

/** The fields that say which place it is. */
const PLACES = ['accountName', 'bucket', 'claim', 'container']

const isSamePlace = (former: JsonObject, backend: string, place: Json): boolean =>
  PLACES.every(
    (field) =>
      textOf(objectAt(former, backend)[field]) === textOf(objectAt({ place }, 'place')[field]),
  )

/** Where images were, according to a status, seen from a storage. */
export const formerPlace = (status: JsonObject, storage: Storage): FormerPlace => {
  const former = objectAt(status, 'storage')
  if (!BACKENDS.some((name) => former[name] !== undefined)) return 'unknown'
  const isHere = Object.entries(storageFields(storage)).every(
    ([backend, place]) => former[backend] !== undefined && isSamePlace(former, backend, place),
  )
  return isHere ? 'here' : 'elsewhere'
}
