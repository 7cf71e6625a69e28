import { isJsonObject, type Json, type JsonObject } from '@image-registry-operator/render/model'

/** A copy of the object with that value at that path; objects on the way are made where they are missing. */
export const withValueAt = (
  object: JsonObject,
  [field, ...rest]: ReadonlyArray<string>,
  value: Json,
): JsonObject => {
  if (field === undefined) return object
  if (rest.length === 0) return { ...object, [field]: value }
  const inner = object[field]
  return { ...object, [field]: withValueAt(isJsonObject(inner) ? inner : {}, rest, value) }
}

export const valueAt = (object: JsonObject, path: ReadonlyArray<string>): Json | undefined =>
  path.reduce<Json | undefined>(
    (value, field) => (isJsonObject(value) ? value[field] : undefined),
    object,
  )
