import { decode } from '../decode/decode'
import { isJsonObject, type Json, type KubeObject, type Release } from '../model'
import { render } from '../render'
import { targetDigest } from '../storage/target-digest'

/** Stands where the digest of the storage stands that the operator wants: it is that one which was looked at. */
export const WANTED_TARGET = 'the wanted one'

// A file may hold what is no object at all.
const isOfWanted = (object: Json): boolean =>
  isJsonObject(object) &&
  object['kind'] === 'Storage' &&
  isJsonObject(object['status']) &&
  object['status']['target'] === WANTED_TARGET

/** The objects as the operator has them, which knows what it looked at. */
export const lookedAt = (
  objects: ReadonlyArray<KubeObject>,
  release: Release,
): ReadonlyArray<KubeObject> => {
  if (!objects.some(isOfWanted)) return objects
  const observation = decode(objects, release)
  const { storage } = render(observation, observation.facts)
  const target = storage === undefined ? 'none' : targetDigest(storage)
  return objects.map((object) =>
    isOfWanted(object) && isJsonObject(object['status'])
      ? { ...object, status: { ...object['status'], target } }
      : object,
  )
}
