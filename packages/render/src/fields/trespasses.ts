import { isJsonArray, isJsonObject, type Json, type JsonObject, type KubeObject } from '../model'
import { isChosenByOthers, isOfOriginal } from './adoption'
import { type FieldPath, showPath } from './field-path'
import { type Branch, branches } from './field-tree'
import {
  appliedFields,
  type FieldTree,
  isAppliedBy,
  type ManagedEntry,
  managedEntries,
} from './managed-fields'
import { valueAt, valueAtStep } from './value-at'

/** A field or an item that somebody else put where only ours may stand. */
export type Trespass = {
  readonly entry: ManagedEntry
  readonly path: FieldPath
  /** The same path in the keys of the entry's tree. */
  readonly keys: ReadonlyArray<string>
  readonly below: FieldTree
}

/** Who wants the content, and which places nobody else may have part in. */
export type Claim = {
  readonly manager: string
  /** Empty: the object itself. */
  readonly subresource: string
  readonly isExclusive: (path: FieldPath) => boolean
}

/**
 * What stands in the way of a wanted content: whatever the original operator left and we do not want, and what
 * anybody else put where only ours may stand. Only what a field manager holds counts: what the API server or an
 * admission plugin adds is held by nobody, and would come back with every write.
 */
export const trespasses = (
  content: JsonObject,
  live: KubeObject,
  { manager, subresource, isExclusive }: Claim,
): ReadonlyArray<Trespass> => {
  const held = appliedFields(live, manager, subresource) ?? {}
  return managedEntries(live)
    .filter((entry) => entry.subresource === subresource)
    .filter((entry) => !isAppliedBy(manager, subresource)(entry))
    .flatMap((entry) => below(content, entry.fields, { entry, path: [], keys: [], below: {} }))
    .filter(({ path }) => valueAt(live, path) !== undefined)
    .filter(({ entry, path }) =>
      isOfOriginal(entry)
        ? !isChosenByOthers(live.kind, showPath(path))
        : isExclusive(path) && !isHeld(held, path),
    )
}

const isHeld = (tree: FieldTree, path: FieldPath): boolean => {
  const [step, ...rest] = path
  if (step === undefined) return true
  const next = branches(tree).find((branch) => isSameStep(branch.step, step))
  return next !== undefined && isHeld(next.below, rest)
}

const isSameStep = (one: Branch['step'], other: Branch['step']): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

const below = (wanted: Json, tree: FieldTree, at: Trespass): ReadonlyArray<Trespass> =>
  isJsonObject(wanted) || isJsonArray(wanted)
    ? branches(tree).flatMap((branch) => inBranch(wanted, branch, at))
    : []

const inBranch = (wanted: Json, branch: Branch, at: Trespass): ReadonlyArray<Trespass> => {
  const here: Trespass = {
    entry: at.entry,
    path: [...at.path, branch.step],
    keys: [...at.keys, branch.key],
    below: branch.below,
  }
  const next = valueAtStep(wanted, branch.step)
  if (next !== undefined && next !== null) return below(next, branch.below, here)
  return [here]
}
