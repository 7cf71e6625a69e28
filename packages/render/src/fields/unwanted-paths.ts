import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../model'
import type { FieldPath } from './field-path'
import { type Branch, branches, isLeaf } from './field-tree'
import type { FieldTree } from './managed-fields'
import { valueAtStep } from './value-at'

/** What is held and not part of a wanted content, each at the outermost place where they part. */
export const unwantedPaths = (content: JsonObject, held: FieldTree): ReadonlyArray<FieldPath> =>
  unwanted(content, held, [])

const unwanted = (wanted: Json, held: FieldTree, path: FieldPath): ReadonlyArray<FieldPath> =>
  isLeaf(held) || !(isJsonObject(wanted) || isJsonArray(wanted))
    ? []
    : branches(held).flatMap((branch) => unwantedBranch(wanted, branch, path))

const unwantedBranch = (
  wanted: Json,
  { step, below }: Branch,
  path: FieldPath,
): ReadonlyArray<FieldPath> => {
  const next = valueAtStep(wanted, step)
  return next === undefined ? [[...path, step]] : unwanted(next, below, [...path, step])
}
