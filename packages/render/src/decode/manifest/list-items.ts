import { isJsonArray, isJsonObject, type Json, type JsonArray, type JsonObject } from '../../model'

/** Lists in lists deeper than this hold nothing that anybody meant. */
export const DEEPEST_LIST = 8

const inherited = (list: JsonObject, kind: string): ((item: Json) => Json) => {
  const itemKind = kind.slice(0, -'List'.length)
  const defaults = itemKind === '' ? {} : { apiVersion: list['apiVersion'] ?? null, kind: itemKind }
  return (item) => (isJsonObject(item) ? { ...defaults, ...item } : item)
}

/**
 * The items of a `List` or of a list of one kind, as the API server and `kubectl get` answer it; undefined for
 * anything else. Items that do not say what they are get that from their list.
 */
export const listItems = (manifest: JsonObject): JsonArray | undefined => {
  const { kind, items } = manifest
  if (typeof kind !== 'string' || !kind.endsWith('List')) return undefined
  if (isJsonArray(items)) return items.map(inherited(manifest, kind))
  const isEmptyList = items === null || (items === undefined && isJsonObject(manifest['metadata']))
  return isEmptyList && !hasName(manifest['metadata']) ? [] : undefined
}

const hasName = (metadata: Json | undefined): boolean =>
  isJsonObject(metadata) && typeof metadata['name'] === 'string'
