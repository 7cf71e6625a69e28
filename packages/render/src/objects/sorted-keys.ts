import {
  inKeyOrder,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
} from '../model'

const sorted = (value: Json): Json => {
  if (isJsonArray(value)) return value.map(sorted)
  return isJsonObject(value) ? sortedFields(value) : value
}

const sortedFields = (value: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(inKeyOrder(value)).map(([key, field]) => [key, sorted(field)]))

/**
 * The object with the keys of all its maps in alphabetical order, after apiVersion, kind and metadata:
 * printed, it is the same text whatever order the maps of its inputs had.
 */
export const withSortedKeys = ({
  apiVersion,
  kind,
  metadata,
  ...rest
}: KubeObject): KubeObject => ({
  apiVersion,
  kind,
  metadata: { ...sortedFields(metadata), name: metadata.name },
  ...sortedFields(rest),
})
