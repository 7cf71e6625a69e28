import type { FieldPath } from '../fields/field-path'
import { type Branch, branches } from '../fields/field-tree'
import {
  appliedFields,
  type FieldTree,
  isAppliedBy,
  type ManagedEntry,
  managedEntries,
} from '../fields/managed-fields'
import { valueAt, valueAtStep } from '../fields/value-at'
import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
  names,
} from '../model'
import { isExclusive } from './exclusive-places'

/** A field or an item that somebody else put where only ours may stand. */
export type Trespass = {
  readonly entry: ManagedEntry
  readonly path: FieldPath
  /** The same path in the keys of the entry's tree. */
  readonly keys: ReadonlyArray<string>
  readonly below: FieldTree
}

/**
 * What stands in the way of a wanted content. Only what a field manager holds counts: what the API server or an
 * admission plugin adds is held by nobody, and would come back with every write.
 */
export const trespasses = (content: JsonObject, live: KubeObject): ReadonlyArray<Trespass> =>
  managedEntries(live)
    .filter((entry) => !isAppliedBy(names.FIELD_MANAGER)(entry) && entry.subresource === '')
    .flatMap((entry) => below(content, entry.fields, { entry, path: [], keys: [], below: {} }))
    .filter(({ path }) => valueAt(live, path) !== undefined && !isOurs(live, path))

const isOurs = (live: KubeObject, path: FieldPath): boolean =>
  isHeld(appliedFields(live, names.FIELD_MANAGER) ?? {}, path)

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
  return isExclusive(here.path) ? [here] : []
}
