import { withBranch, withoutBranch } from '../fields/field-tree'
import {
  type FieldTree,
  isAppliedBy,
  type ManagedEntry,
  managedEntries,
} from '../fields/managed-fields'
import { type JsonObject, type KubeObject, names } from '../model'
import type { Trespass } from './trespasses'

type Rewritten = {
  readonly index: number
  readonly entry: ManagedEntry
  readonly fields: FieldTree
}

/**
 * A JSON patch to be sent before the object, so that applying it takes away what stands in the way.
 * Server-side apply removes only what its own manager held before; so our manager is first made the holder
 * of it, as kubectl does when it migrates an object from client-side apply.
 *
 * The patch tests the entries that it rewrites instead of the resourceVersion, which the status of a
 * Deployment changes all the time.
 */
export const reclaim = (
  live: KubeObject,
  intruders: ReadonlyArray<Trespass>,
): ReadonlyArray<JsonObject> => {
  if (intruders.length === 0) return []
  const entries = managedEntries(live)
  const rewritten = entries.flatMap((entry, index) => rewrite(entry, index, intruders))
  const gone = rewritten.filter(({ fields }) => isEmpty(fields))
  const kept = rewritten.filter(({ fields }) => !isEmpty(fields))
  return [
    ...rewritten.map(({ index, entry }) => operation('test', index, entry.source)),
    ...kept.map(({ index, entry, fields }) =>
      operation('replace', index, { ...entry.source, fieldsV1: fields }),
    ),
    ...(entries.some(isOurs) ? [] : [operation('add', '-', newEntry(live, intruders))]),
    // From the end, so that the places of the others stay.
    ...[...gone].reverse().map(({ index }) => operation('remove', index)),
  ]
}

const isOurs = isAppliedBy(names.FIELD_MANAGER)

const isEmpty = (fields: FieldTree): boolean => Object.keys(fields).length === 0

const operation = (op: string, at: number | '-', value?: JsonObject): JsonObject => ({
  op,
  path: `/metadata/managedFields/${at}`,
  ...(value === undefined ? {} : { value }),
})

const rewrite = (
  entry: ManagedEntry,
  index: number,
  intruders: ReadonlyArray<Trespass>,
): ReadonlyArray<Rewritten> => {
  if (isOurs(entry)) return [{ index, entry, fields: withTrespasses(entry.fields, intruders) }]
  const here = intruders.filter((trespass) => trespass.entry.source === entry.source)
  const fields = here.reduce((tree, { keys }) => withoutBranch(tree, keys), entry.fields)
  return here.length === 0 ? [] : [{ index, entry, fields }]
}

const withTrespasses = (fields: FieldTree, intruders: ReadonlyArray<Trespass>): FieldTree =>
  intruders.reduce((tree, { keys, below }) => withBranch(tree, keys, below), fields)

const newEntry = ({ apiVersion }: KubeObject, intruders: ReadonlyArray<Trespass>): JsonObject => ({
  manager: names.FIELD_MANAGER,
  operation: 'Apply',
  apiVersion,
  fieldsType: 'FieldsV1',
  fieldsV1: withTrespasses({}, intruders),
})
