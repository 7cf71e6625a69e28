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

/** Whether two states of an object differ in nothing but when they were written. */
export const sameSubstance = (one: KubeObject, other: KubeObject): boolean =>
  substance(one) === substance(other)
