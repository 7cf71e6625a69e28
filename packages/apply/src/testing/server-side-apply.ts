import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonArray,
  type JsonObject,
} from '@image-registry-operator/render/model'

import { fieldOf, type FieldSchema } from './field-schema'
import {
  both,
  changedFields,
  fieldSet,
  fromFieldsV1,
  isAssociative,
  itemElement,
  minus,
  reaches,
  removedFields,
  toFieldsV1,
  union,
  withContainers,
  withoutPath,
  type FieldSet,
} from './field-set'

/** One entry of managedFields. */
export type Managed = {
  readonly manager: string
  readonly operation: 'Apply' | 'Update'
  readonly subresource: string
  readonly apiVersion: string
  readonly time: string
  readonly fields: FieldSet
}

export type Conflict = { readonly manager: Managed; readonly path: string }

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

const managedEntry = (entry: JsonObject): Managed => ({
  manager: text(entry['manager']),
  operation: entry['operation'] === 'Apply' ? 'Apply' : 'Update',
  subresource: text(entry['subresource']),
  apiVersion: text(entry['apiVersion']),
  time: text(entry['time']),
  fields: fromFieldsV1(entry['fieldsV1']),
})

export const managedOf = (object: JsonObject): ReadonlyArray<Managed> => {
  const metadata = object['metadata']
  const entries = isJsonObject(metadata) ? metadata['managedFields'] : undefined
  return isJsonArray(entries) ? entries.filter(isJsonObject).map(managedEntry) : []
}

const entryOf = (managed: Managed): JsonObject => ({
  apiVersion: managed.apiVersion,
  fieldsType: 'FieldsV1',
  fieldsV1: toFieldsV1(managed.fields),
  manager: managed.manager,
  operation: managed.operation,
  ...(managed.subresource === '' ? {} : { subresource: managed.subresource }),
  ...(managed.time === '' ? {} : { time: managed.time }),
})

/** Applied before updated, then by time and name: the order of the API server. */
const rank = ({ operation, time, manager, subresource }: Managed): string =>
  [operation, time, manager, subresource].join(' ')

export const withManaged = (object: JsonObject, managed: ReadonlyArray<Managed>): JsonObject => {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
  const entries = managed
    .filter(({ fields }) => fields.size > 0)
    .sort((one, other) => (rank(one) < rank(other) ? -1 : 1))
    .map(entryOf)
  return { ...object, metadata: { ...metadata, managedFields: entries } }
}

const mergedList = (schema: FieldSchema, live: JsonArray, applied: JsonArray): JsonArray => {
  const name = (item: Json): string => itemElement(schema, item)
  const wanted = new Map(applied.map((item) => [name(item), item]))
  const there = new Set(live.map(name))
  const kept = live.map((item) => {
    const over = wanted.get(name(item))
    return over === undefined ? item : merged(schema.items ?? {}, item, over)
  })
  return [...kept, ...applied.filter((item) => !there.has(name(item)))]
}

/** What is applied laid over what is live. */
const merged = (schema: FieldSchema, live: Json | undefined, applied: Json): Json => {
  if (isJsonArray(applied) && isJsonArray(live) && isAssociative(schema))
    return mergedList(schema, live, applied)
  if (!isJsonObject(applied) || !isJsonObject(live) || schema.atomic === true) return applied
  return {
    ...live,
    ...Object.fromEntries(
      Object.entries(applied).map(([name, value]) => [
        name,
        merged(fieldOf(schema, name), live[name], value),
      ]),
    ),
  }
}

export type ApplyInput = {
  readonly schema: FieldSchema
  readonly live: JsonObject
  /** What is applied, without what this subresource cannot change. */
  readonly applied: JsonObject
  readonly by: Omit<Managed, 'fields' | 'operation'>
}

export type Applied = {
  readonly object: JsonObject
  readonly managed: ReadonlyArray<Managed>
  /** Fields of others that were taken over, or would have to be. */
  readonly conflicts: ReadonlyArray<Conflict>
}

const isSame =
  (by: ApplyInput['by'], operation: Managed['operation']) =>
  (one: Managed): boolean =>
    one.manager === by.manager && one.operation === operation && one.subresource === by.subresource

/** Removes what the manager no longer applies and nobody else owns; a container goes with all that is in it. */
const pruned = (schema: FieldSchema, object: Json, gone: FieldSet, others: FieldSet): Json =>
  [...gone]
    .filter((path) => !reaches(others, path))
    .sort((one, other) => one.length - other.length)
    .reduce((rest, path) => withoutPath(schema, rest, path), object)

/**
 * Server-side apply: merge, give up what is no longer applied, and say whose fields were changed.
 * As structured-merge-diff does it, but for the order of new list items, which come last.
 */
export const serverSideApply = ({ schema, live, applied, by }: ApplyInput): Applied => {
  const managed = managedOf(live)
  const mine = managed.find(isSame(by, 'Apply'))
  const others = managed.filter((one) => one !== mine)
  const fields = fieldSet(schema, applied)
  const over = merged(schema, live, applied)
  const together = isJsonObject(over) ? over : live
  const changed = changedFields(schema, live, together)
  const conflicts = others.flatMap((manager) =>
    [...both(manager.fields, changed)].map((path) => ({ manager, path })),
  )
  const left = others.map((one) => ({ ...one, fields: minus(one.fields, changed) }))
  const gone = minus(withContainers(mine?.fields ?? new Set()), withContainers(fields))
  const owned = left.reduce<FieldSet>((all, one) => union(all, one.fields), new Set())
  const object = pruned(schema, together, gone, owned)
  return {
    object: isJsonObject(object) ? object : together,
    managed: [{ ...by, operation: 'Apply', fields }, ...left],
    conflicts,
  }
}

export type UpdateInput = Omit<ApplyInput, 'applied'> & { readonly next: JsonObject }

/** Who owns what after an update: the fields that it changed are its own, those it removed are nobody's. */
export const managedAfterUpdate = ({
  schema,
  live,
  next,
  by,
}: UpdateInput): ReadonlyArray<Managed> => {
  const changed = changedFields(schema, live, next)
  const removed = removedFields(schema, live, next)
  const managed = managedOf(live)
  const mine = managed.find(isSame(by, 'Update'))
  const rest = managed
    .filter((one) => one !== mine)
    .map((one) => ({ ...one, fields: minus(one.fields, union(changed, removed)) }))
  const fields = union(minus(mine?.fields ?? new Set(), removed), changed)
  return mine !== undefined && changed.size === 0
    ? [...rest, { ...mine, fields }]
    : [...rest, { ...by, operation: 'Update', fields }]
}
