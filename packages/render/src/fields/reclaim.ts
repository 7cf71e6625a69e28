import type { JsonObject, KubeObject } from '../model'
import type { FieldPath } from './field-path'
import { keysAt, withBranch, withoutBranch } from './field-tree'
import { type FieldTree, isAppliedBy, type ManagedEntry, managedEntries } from './managed-fields'
import type { Claim, Trespass } from './trespasses'

/** What is to be taken back, and for whom. */
export type Reclaiming = {
  readonly claim: Omit<Claim, 'isExclusive'>
  readonly intruders: ReadonlyArray<Trespass>
  /** Entries that go as a whole. */
  readonly adopted: ReadonlyArray<ManagedEntry>
  /** What we held and want to stay as it is, although we do not apply it; it becomes nobody's. */
  readonly spared?: ReadonlyArray<FieldPath>
}

type Rewritten = {
  readonly index: number
  readonly entry: ManagedEntry
  readonly fields: FieldTree
}

/**
 * A JSON patch to be sent before the object, so that applying it takes away what stands in the way.
 * Server-side apply removes only what its own manager held before; so our manager is first made the holder
 * of it, as kubectl does when it migrates an object from client-side apply. The original operator is left nothing.
 *
 * The patch tests the entries that it rewrites instead of the resourceVersion, which the status of a
 * Deployment changes all the time.
 */
export const reclaim = (live: KubeObject, wish: Reclaiming): ReadonlyArray<JsonObject> => {
  const { claim, intruders, adopted } = wish
  if (intruders.length === 0 && adopted.length === 0) return []
  const isOurs = isAppliedBy(claim.manager, claim.subresource)
  const entries = managedEntries(live)
  const rewritten = entries.flatMap((entry, index): ReadonlyArray<Rewritten> =>
    isOurs(entry) ? extended(entry, index, wish) : rewrite(entry, index, wish),
  )
  const gone = rewritten.filter(({ fields }) => isEmpty(fields))
  const kept = rewritten.filter(({ fields }) => !isEmpty(fields))
  const isNew = intruders.length > 0 && !entries.some(isOurs)
  return [
    ...rewritten.map(({ index, entry }) => operation('test', index, entry.source)),
    ...kept.map(({ index, entry, fields }) =>
      operation('replace', index, { ...entry.source, fieldsV1: fields }),
    ),
    ...(isNew ? [operation('add', '-', newEntry(live, wish))] : []),
    // From the end, so that the places of the others stay.
    ...[...gone].reverse().map(({ index }) => operation('remove', index)),
  ]
}

const isEmpty = (fields: FieldTree): boolean => Object.keys(fields).length === 0

const operation = (op: string, at: number | '-', value?: JsonObject): JsonObject => ({
  op,
  path: `/metadata/managedFields/${at}`,
  ...(value === undefined ? {} : { value }),
})

const rewrite = (
  entry: ManagedEntry,
  index: number,
  { intruders, adopted }: Reclaiming,
): ReadonlyArray<Rewritten> => {
  if (adopted.some(({ source }) => source === entry.source)) return [{ index, entry, fields: {} }]
  const here = intruders.filter((trespass) => trespass.entry.source === entry.source)
  const fields = here.reduce((tree, { keys }) => withoutBranch(tree, keys), entry.fields)
  return here.length === 0 ? [] : [{ index, entry, fields }]
}

/** Ours, with what is taken back, and without what is spared. */
const extended = (
  entry: ManagedEntry,
  index: number,
  { intruders, spared = [] }: Reclaiming,
): ReadonlyArray<Rewritten> => {
  const left = spared.reduce(without, entry.fields)
  return intruders.length === 0 && left === entry.fields
    ? []
    : [{ index, entry, fields: withTrespasses(left, intruders) }]
}

const without = (tree: FieldTree, path: FieldPath): FieldTree => {
  const keys = keysAt(tree, path)
  return keys === undefined ? tree : withoutBranch(tree, keys)
}

const withTrespasses = (fields: FieldTree, intruders: ReadonlyArray<Trespass>): FieldTree =>
  intruders.reduce((tree, { keys, below }) => withBranch(tree, keys, below), fields)

const newEntry = (
  { apiVersion }: KubeObject,
  { claim: { manager, subresource }, intruders }: Reclaiming,
): JsonObject => ({
  manager,
  operation: 'Apply',
  apiVersion,
  fieldsType: 'FieldsV1',
  fieldsV1: withTrespasses({}, intruders),
  ...(subresource === '' ? {} : { subresource }),
})
