import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../model'
import { fieldStep, indexStep, itemStep, type FieldPath, type PathStep } from './field-path'
import { belowField, belowItem, isLeaf } from './field-tree'
import { isSet, keysOfItem, listKeys } from './list-keys'
import type { FieldTree } from './managed-fields'

/**
 * Where a wanted content is not held. The tree decides what is one value and what has parts, because the
 * API server wrote it: nothing here has to know the schema of the kind.
 */
export const uncoveredPaths = (content: JsonObject, held: FieldTree): ReadonlyArray<FieldPath> =>
  Object.entries(content).flatMap(([name, value]) =>
    uncovered(value, belowField(held, name), [fieldStep(name)]),
  )

const uncovered = (
  wanted: Json,
  held: FieldTree | undefined,
  path: FieldPath,
): ReadonlyArray<FieldPath> => {
  if (wanted === null || isNothingToHold(wanted, path)) return []
  if (held === undefined) return [path]
  if (isLeaf(held)) return []
  if (isJsonArray(wanted)) return uncoveredItems(wanted, held, path)
  if (!isJsonObject(wanted)) return []
  return Object.entries(wanted).flatMap(([name, value]) =>
    uncovered(value, belowField(held, name), [...path, fieldStep(name)]),
  )
}

/** An empty list of items with keys leaves no trace in managedFields; an empty atomic list does. */
const isNothingToHold = (wanted: Json, path: FieldPath): boolean =>
  isJsonArray(wanted) && wanted.length === 0 && (isSet(path) || listKeys(path) !== undefined)

const uncoveredItems = (
  items: ReadonlyArray<Json>,
  held: FieldTree,
  path: FieldPath,
): ReadonlyArray<FieldPath> =>
  items.flatMap((item, index) =>
    uncovered(item, belowItem(held, item, index), [...path, stepTo(item, index, path)]),
  )

const stepTo = (item: Json, index: number, list: FieldPath): PathStep => {
  const keys = listKeys(list)
  return keys !== undefined && isJsonObject(item)
    ? itemStep(keysOfItem(item, keys))
    : indexStep(index)
}
