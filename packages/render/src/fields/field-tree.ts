import { inKeyOrder, isJsonObject, type Json, type JsonObject } from '../model'
import { onceKnown } from '../once-known'
import { type FieldPath, stepOf, type PathStep } from './field-path'
import { hasKeys } from './list-keys'
import type { FieldTree } from './managed-fields'

/** A branch of a tree of held fields. */
export type Branch = { readonly key: string; readonly step: PathStep; readonly below: FieldTree }

/** The branches of a tree in the order of their keys, without the `.` that stands for the item itself. */
export const branches: (tree: FieldTree) => ReadonlyArray<Branch> = onceKnown((tree) =>
  Object.entries(inKeyOrder(tree)).flatMap(([key, below]) => {
    const step = stepOf(key)
    return step === undefined ? [] : [{ key, step, below: isJsonObject(below) ? below : {} }]
  }),
)

/** Whether a tree ends here: what it stands for is held as a whole. */
export const isLeaf = (tree: FieldTree): boolean => Object.keys(tree).every((key) => key === '.')

/** What is held below a field. */
export const belowField = (tree: FieldTree, name: string): FieldTree | undefined => {
  const below = tree[`f:${name}`]
  return isJsonObject(below) ? below : undefined
}

const isBranchOf = ({ step }: Branch, item: Json, index: number): boolean => {
  switch (step._tag) {
    case 'Item':
      return isJsonObject(item) && hasKeys(item, step.keys)
    case 'Value':
      return item === step.value
    case 'Index':
      return index === step.index
    case 'Field':
      return false
  }
}

/** What is held below an item of a list, whichever way the list tells its items apart. */
export const belowItem = (tree: FieldTree, item: Json, index: number): FieldTree | undefined =>
  branches(tree).find((branch) => isBranchOf(branch, item, index))?.below

/** The keys of what a path leads to; undefined when nothing there is held. */
export const keysAt = (
  tree: FieldTree,
  [step, ...rest]: FieldPath,
): ReadonlyArray<string> | undefined => {
  if (step === undefined) return []
  const next = branches(tree).find((branch) => JSON.stringify(branch.step) === JSON.stringify(step))
  const below = next === undefined ? undefined : keysAt(next.below, rest)
  return next === undefined || below === undefined ? undefined : [next.key, ...below]
}

/** The tree without what is below these keys, and without what is empty then. */
export const withoutBranch = (
  tree: FieldTree,
  [key, ...rest]: ReadonlyArray<string>,
): FieldTree => {
  if (key === undefined) return tree
  const { [key]: below, ...others } = tree
  if (rest.length === 0 || !isJsonObject(below)) return others
  const left = withoutBranch(below, rest)
  return isLeaf(left) ? others : { ...others, [key]: left }
}

/** The tree with something below these keys. */
export const withBranch = (
  tree: FieldTree,
  [key, ...rest]: ReadonlyArray<string>,
  added: FieldTree,
): FieldTree => {
  if (key === undefined) return { ...tree, ...added }
  const below = tree[key]
  return { ...tree, [key]: withBranch(isJsonObject(below) ? below : emptyTree, rest, added) }
}

const emptyTree: JsonObject = {}
