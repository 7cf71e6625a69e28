import {
  textOf,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
} from '@image-registry-operator/render/model'

import { fieldOf, type FieldSchema } from './field-schema'
import { canonical, itemElement } from './field-set'

/** RFC 7396. With a schema, lists that have keys are merged by them, as in a strategic merge patch. */
export const mergePatched = (live: Json | undefined, patch: Json, schema?: FieldSchema): Json => {
  if (isJsonArray(patch) && isJsonArray(live) && schema?.keys !== undefined)
    return patch.reduce<ReadonlyArray<Json>>((list, item) => patchedItem(list, item, schema), live)
  if (!isJsonObject(patch)) return patch
  const base = isJsonObject(live) ? live : {}
  return Object.entries(patch).reduce<JsonObject>((object, [name, value]) => {
    if (value !== null) {
      const inner = schema === undefined ? undefined : fieldOf(schema, name)
      return { ...object, [name]: mergePatched(object[name], value, inner) }
    }
    const { [name]: _, ...rest } = object
    return rest
  }, base)
}

const patchedItem = (
  list: ReadonlyArray<Json>,
  item: Json,
  schema: FieldSchema,
): ReadonlyArray<Json> => {
  const element = itemElement(schema, item)
  if (isJsonObject(item) && item['$patch'] === 'delete')
    return list.filter((one) => itemElement(schema, one) !== element)
  return list.some((one) => itemElement(schema, one) === element)
    ? list.map((one) =>
        itemElement(schema, one) === element ? mergePatched(one, item, schema.items) : one,
      )
    : [...list, item]
}

const steps = (pointer: string): ReadonlyArray<string> =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

type Change = (parent: Json, step: string) => Json | undefined

const changedAt = (
  value: Json | undefined,
  path: ReadonlyArray<string>,
  change: Change,
): Json | undefined => {
  const [step = '', ...rest] = path
  if (value === undefined) return undefined
  if (rest.length === 0) return change(value, step)
  if (isJsonArray(value)) {
    const inner = changedAt(value[Number(step)], rest, change)
    return inner === undefined
      ? undefined
      : value.map((item, index) => (index === Number(step) ? inner : item))
  }
  if (!isJsonObject(value)) return undefined
  const inner = changedAt(value[step], rest, change)
  return inner === undefined ? undefined : { ...value, [step]: inner }
}

const added =
  (value: Json): Change =>
  (parent, step) => {
    if (isJsonArray(parent))
      return step === '-'
        ? [...parent, value]
        : [...parent.slice(0, Number(step)), value, ...parent.slice(Number(step))]
    return isJsonObject(parent) ? { ...parent, [step]: value } : undefined
  }

const replaced =
  (value: Json): Change =>
  (parent, step) => {
    if (isJsonArray(parent))
      return parent.map((item, index) => (index === Number(step) ? value : item))
    return isJsonObject(parent) && parent[step] !== undefined
      ? { ...parent, [step]: value }
      : undefined
  }

const removed: Change = (parent, step) => {
  if (isJsonArray(parent)) return parent.filter((_, index) => index !== Number(step))
  if (!isJsonObject(parent) || parent[step] === undefined) return undefined
  const { [step]: _, ...rest } = parent
  return rest
}

/** Leaves everything as it is, or fails. */
const tested =
  (value: Json): Change =>
  (parent, step) => {
    const there = isJsonArray(parent)
      ? parent[Number(step)]
      : isJsonObject(parent)
        ? parent[step]
        : undefined
    return there !== undefined && canonical(there) === canonical(value) ? parent : undefined
  }

const changeOf = ({ op, value = null }: JsonObject): Change | undefined => {
  switch (op) {
    case 'add':
      return added(value)
    case 'replace':
      return replaced(value)
    case 'remove':
      return removed
    case 'test':
      return tested(value)
    default:
      return undefined
  }
}

/** RFC 6902, but for copy and move; undefined when a test fails or an operation finds nothing to work on. */
export const jsonPatched = (live: Json, operations: ReadonlyArray<Json>): Json | undefined =>
  operations.reduce<Json | undefined>((value, operation) => {
    if (!isJsonObject(operation)) return undefined
    const change = changeOf(operation)
    return change === undefined
      ? undefined
      : changedAt(value, steps(textOf(operation['path'])), change)
  }, live)
