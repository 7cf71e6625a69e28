import type { KubeObject } from '../cluster/cluster-client'
import { type FieldsV1, fieldsOwnedByOperator } from './registry-objects'

/** One owned field: its JSON pointer, and the value that stands there. */
export type OwnedLeaf = Readonly<{ pointer: string; value: unknown }>

const escaped = (segment: string): string => segment.replaceAll('~', '~0').replaceAll('/', '~1')

const matches = (element: unknown, keys: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(keys).every(([key, value]) => (element as Record<string, unknown>)[key] === value)

const step = (value: unknown, segment: string): readonly [string, unknown] | undefined => {
  if (segment.startsWith('f:')) {
    const name = segment.slice(2)
    const child = (value as Readonly<Record<string, unknown>> | undefined)?.[name]
    return child === undefined ? undefined : [escaped(name), child]
  }
  if (!segment.startsWith('k:') || !Array.isArray(value)) return undefined
  const keys = JSON.parse(segment.slice(2)) as Readonly<Record<string, unknown>>
  const index = value.findIndex((element) => matches(element, keys))
  return index === -1 ? undefined : [String(index), value[index]]
}

const leavesAt = (fields: FieldsV1, value: unknown, pointer: string): ReadonlyArray<OwnedLeaf> => {
  const below = Object.entries(fields).filter(([segment]) => segment !== '.')
  if (below.length === 0) return [{ pointer, value }]
  return below.flatMap(([segment, inner]) => {
    const next = step(value, segment)
    return next === undefined ? [] : leavesAt(inner, next[1], `${pointer}/${next[0]}`)
  })
}

/** Every field of an object, or of its status, that the operator owns and that has no owned field below it. */
export const ownedLeaves = (object: KubeObject, subresource?: 'status'): ReadonlyArray<OwnedLeaf> =>
  leavesAt(fieldsOwnedByOperator(object, subresource) ?? {}, object, '')
