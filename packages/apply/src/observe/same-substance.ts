import { isJsonObject, type Json, type KubeObject } from '@image-registry-operator/render/model'

const timeless = (entry: Json): Json => {
  if (!isJsonObject(entry)) return entry
  const { time: _, ...rest } = entry
  return rest
}

/** An object without what changes with every write, to see whether anything else did. */
const substance = (object: KubeObject): string => {
  const { resourceVersion: _, managedFields, ...metadata } = object.metadata
  return JSON.stringify({ ...object, metadata, managedFields: managedFields?.map(timeless) })
}

/** The answer to a write and the event that shows it are the same state: there is nothing to compare. */
const isSameState = ({ metadata }: KubeObject, other: KubeObject): boolean =>
  metadata.uid !== undefined &&
  metadata.resourceVersion !== undefined &&
  metadata.uid === other.metadata.uid &&
  metadata.resourceVersion === other.metadata.resourceVersion

/** Whether two states of an object differ in nothing but when they were written. */
export const sameSubstance = (one: KubeObject, other: KubeObject): boolean =>
  isSameState(one, other) || substance(one) === substance(other)
