import { isDeepStrictEqual as isSame } from 'node:util'

import { type Fields, isFields } from './fields'
import { identityOf } from './merged-facts'

/** One field that is not the same in two clusters; absent where there is none. */
export type FoundDifference = Readonly<{
  /** Kind, namespace and name of the object. */
  object: string
  /** Dotted, with the keys of list items: `status.conditions[Degraded].reason`; empty for the object itself. */
  path: string
  theirs?: unknown
  ours?: unknown
}>

type Places = Readonly<{ object: string; path: string }>

/** What tells the items of a list apart. */
const itemKeys = ['name', 'type', 'resource', 'mountPath']

const keyOfItem = (items: ReadonlyArray<unknown>): string | undefined =>
  itemKeys.find((key) => {
    const values = items.map((item) => (isFields(item) ? item[key] : undefined))
    return (
      values.every((value) => typeof value === 'string') && new Set(values).size === values.length
    )
  })

const members = (value: Fields): ReadonlyArray<string> => Object.keys(value)

const inFields = (at: Places, theirs: Fields, ours: Fields): ReadonlyArray<FoundDifference> =>
  [...new Set([...members(theirs), ...members(ours)])]
    .sort()
    .flatMap((name) =>
      between(
        { ...at, path: at.path === '' ? name : `${at.path}.${name}` },
        theirs[name],
        ours[name],
      ),
    )

type List = ReadonlyArray<unknown>

const byKey = (list: List, key: string): ReadonlyMap<string, unknown> =>
  new Map(list.map((item) => [String(isFields(item) ? item[key] : ''), item]))

const inKeyed = (at: Places, key: string, lists: readonly [List, List]) => {
  const [theirs, ours] = lists.map((list) => byKey(list, key))
  if (theirs === undefined || ours === undefined) return []
  const shared = (one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>) =>
    [...one.keys()].filter((name) => other.has(name))
  const order = between(
    { ...at, path: `${at.path}[order]` },
    shared(theirs, ours),
    shared(ours, theirs),
  )
  const items = [...new Set([...theirs.keys(), ...ours.keys()])].flatMap((name) =>
    between({ ...at, path: `${at.path}[${name}]` }, theirs.get(name), ours.get(name)),
  )
  return [...order, ...items]
}

const between = (at: Places, theirs: unknown, ours: unknown): ReadonlyArray<FoundDifference> => {
  if (isSame(theirs, ours)) return []
  if (isFields(theirs) && isFields(ours)) return inFields(at, theirs, ours)
  if (Array.isArray(theirs) && Array.isArray(ours)) {
    const key = keyOfItem([...(theirs as List)]) ?? ''
    if (key !== '' && keyOfItem(ours) === key) return inKeyed(at, key, [theirs, ours])
  }
  return [difference(at, theirs, ours)]
}

const difference = (at: Places, theirs: unknown, ours: unknown): FoundDifference => ({
  ...at,
  ...(theirs === undefined ? {} : { theirs }),
  ...(ours === undefined ? {} : { ours }),
})

const byIdentity = (objects: ReadonlyArray<Fields>): ReadonlyMap<string, Fields> =>
  new Map(objects.map((object) => [identityOf(object), object]))

/** Every field in which two lists of objects are not the same. */
export const foundDifferences = (
  theirs: ReadonlyArray<Fields>,
  ours: ReadonlyArray<Fields>,
): ReadonlyArray<FoundDifference> => {
  const [before, after] = [byIdentity(theirs), byIdentity(ours)]
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .flatMap((object) => between({ object, path: '' }, before.get(object), after.get(object)))
}
