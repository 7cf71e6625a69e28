import { fieldStep, type FieldPath, valueStep } from '../fields/field-path'
import { isSet } from '../fields/list-keys'
import { appliedFields, hasManagedFields } from '../fields/managed-fields'
import { uncoveredPaths } from '../fields/uncovered-paths'
import { valueAt } from '../fields/value-at'
import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
  names,
} from '../model'
import { holders } from './holders'

/** What they hold is what we, or the original operator, once decided: it may be decided anew. */
const DECIDERS: ReadonlyArray<string> = [
  names.BOOTSTRAP_FIELD_MANAGER,
  names.ORIGINAL_FIELD_MANAGER,
]

/**
 * The part of a content that is ours to decide: fields that are missing, that we hold, or that were decided by the same
 * token before and have to change. What anybody else has set stays theirs, even where we would say the same: a
 * second holder would be in their way when they change it.
 */
export const unclaimed = (content: JsonObject, live: KubeObject): JsonObject => {
  const left = partOf(live, [], content)
  return isJsonObject(left) ? left : {}
}

const partOf = (live: KubeObject, path: FieldPath, wanted: Json): Json | undefined => {
  if (isJsonObject(wanted) && Object.keys(wanted).length > 0)
    return partOfObject(live, path, wanted)
  if (isJsonArray(wanted) && isSet(path)) return partOfSet(live, path, wanted)
  return isOurs(live, path, wanted) ? wanted : undefined
}

const partOfObject = (
  live: KubeObject,
  path: FieldPath,
  wanted: JsonObject,
): JsonObject | undefined => {
  const left = Object.entries(wanted).flatMap(([name, value]) => {
    const part = partOf(live, [...path, fieldStep(name)], value)
    return part === undefined ? [] : [[name, part] as const]
  })
  return left.length === 0 ? undefined : Object.fromEntries(left)
}

const partOfSet = (
  live: KubeObject,
  path: FieldPath,
  wanted: ReadonlyArray<Json>,
): ReadonlyArray<Json> | undefined => {
  const left = wanted.filter((item) => isOurs(live, [...path, valueStep(item)], item))
  return left.length === 0 ? undefined : left
}

const isOurs = (live: KubeObject, path: FieldPath, wanted: Json): boolean => {
  const value = valueAt(live, path)
  if (value === undefined) return true
  if (!hasManagedFields(live)) return false
  if (isHeldByUs(live, path, wanted)) return true
  const others = holders(live, path)
  return (
    JSON.stringify(value) !== JSON.stringify(wanted) &&
    others.every((manager) => DECIDERS.includes(manager))
  )
}

const isHeldByUs = (live: KubeObject, path: FieldPath, wanted: Json): boolean => {
  const held = appliedFields(live, names.FIELD_MANAGER)
  return held !== undefined && uncoveredPaths(contentAt(path, wanted), held).length === 0
}

/** An object with nothing in it but that value at that path. */
const contentAt = (path: FieldPath, value: Json): JsonObject => {
  const nested = [...path].reverse().reduce<Json>((inner, step) => {
    if (step._tag === 'Field') return { [step.name]: inner }
    return [inner]
  }, value)
  return isJsonObject(nested) ? nested : {}
}
