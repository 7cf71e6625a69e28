import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../../model'

/**
 * Nothing that anybody means goes deeper. The API server lets ten thousand levels pass where a definition keeps unknown fields,
 * and whoever walks through those runs out of stack.
 */
const DEEPEST = 256

const isDeeper = (value: Json, levels: number): boolean => {
  if (isJsonArray(value)) return levels === 0 || value.some((item) => isDeeper(item, levels - 1))
  if (!isJsonObject(value)) return false
  return levels === 0 || Object.values(value).some((field) => isDeeper(field, levels - 1))
}

const cut = (value: Json, levels: number): Json => {
  if (!isDeeper(value, levels)) return value
  if (levels === 0) return null
  if (isJsonArray(value)) return value.map((item) => cut(item, levels - 1))
  return isJsonObject(value) ? cutObject(value, levels) : value
}

const cutObject = (value: JsonObject, levels: number): JsonObject =>
  Object.fromEntries(Object.entries(value).map(([key, field]) => [key, cut(field, levels - 1)]))

/** The manifest with null in place of what lies too deep in it; as it is where nothing does. */
export const withinDepth = (manifest: JsonObject): JsonObject =>
  isDeeper(manifest, DEEPEST) ? cutObject(manifest, DEEPEST) : manifest
