import { type FieldTree, managedEntries } from '../../fields/managed-fields'
import { branches, isLeaf, withoutBranch } from '../../fields/field-tree'
import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
  keyOf,
  names,
  objectRef,
} from '../../model'
import { appliedBy, hasBranch, leavesOf, treeOf } from '../server-side-apply'
import { withDefaults } from './api-server-defaults'
import { madeBy, stored, without, withObject, type World } from './world'

/** How somebody who asks for something says so: by writing all of it, or by applying it. */
export type Way = 'replace' | 'apply'

const USER = 'user'

const isSame = (a: Json | undefined, b: Json | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b)

type Change = { readonly before: Json | undefined; readonly after: Json | undefined }

const at = (value: Json | undefined, field: string): Json | undefined =>
  isJsonObject(value) ? value[field] : undefined

/** The tree without what somebody else has changed or taken away: it is his now, or nobody's. */
const untouched = (tree: FieldTree, { before, after }: Change): FieldTree =>
  Object.fromEntries(
    branches(tree).flatMap(({ key, below }): ReadonlyArray<readonly [string, FieldTree]> => {
      const field = key.startsWith('f:') ? key.slice(2) : undefined
      if (field === undefined) return [[key, below]]
      const change = { before: at(before, field), after: at(after, field) }
      if (isLeaf(below)) return isSame(change.before, change.after) ? [[key, below]] : []
      const left = untouched(below, change)
      return isLeaf(left) ? [] : [[key, left]]
    }),
  )

/** Who writes an object holds what he has changed in it, and what he held before; not what he says after others. */
const changedOr = (held: FieldTree, tree: FieldTree, change: Change): FieldTree => {
  const unheld = untouched(tree, change)
  return leavesOf(unheld)
    .filter((keys) => !hasBranch(held, keys))
    .reduce<FieldTree>((left, keys) => withoutBranch(left, keys), tree)
}

const replaced = (live: KubeObject, asked: KubeObject): KubeObject => {
  const { spec } = asked
  const object = { ...live, ...(spec === undefined ? {} : { spec }) }
  const entries = managedEntries(live)
    .filter(({ manager }) => manager !== USER)
    .map(({ source, fields }): JsonObject => ({
      ...source,
      fieldsV1: untouched(fields, { before: live, after: object }),
    }))
    .filter(({ fieldsV1 }) => isJsonObject(fieldsV1) && Object.keys(fieldsV1).length > 0)
  const before = managedEntries(live).find(({ manager }) => manager === USER)?.fields ?? {}
  const users = {
    manager: USER,
    operation: 'Update',
    fieldsV1: changedOr(before, treeOf({ spec: spec ?? {} }), { before: live, after: object }),
  }
  return { ...object, metadata: { ...object.metadata, managedFields: [...entries, users] } }
}

const made = (way: Way, asked: KubeObject): KubeObject => {
  const object = madeBy(USER, asked)
  if (way === 'replace') return object
  return {
    ...object,
    metadata: {
      ...object.metadata,
      managedFields: [
        { manager: USER, operation: 'Apply', fieldsV1: treeOf({ spec: asked['spec'] ?? {} }) },
      ],
    },
  }
}

/** Of lists and maps that were emptied nothing is left. */
const withoutRests = (object: KubeObject, wish: JsonObject): KubeObject => ({
  ...object,
  spec: Object.fromEntries(
    Object.entries(isJsonObject(object['spec']) ? object['spec'] : {}).filter(
      ([name, value]) => name in wish || Object.keys(value ?? {}).length > 0 || !isEmptied(value),
    ),
  ),
})

const isEmptied = (value: Json): boolean => isJsonArray(value) || isJsonObject(value)

const gone = (world: World, key: string): World => {
  const live = world.get(key)
  if (live === undefined) return world
  return (live.metadata.finalizers ?? []).length === 0
    ? without(world, key)
    : withObject(world, {
        ...live,
        metadata: { ...live.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
      })
}

/** The cluster after somebody has asked for just this spec; for none at all, he deletes the object. */
export const asked =
  (way: Way, kind: 'Config' | 'ImagePruner', spec: JsonObject | null) =>
  (world: World): World => {
    const ref = objectRef(names.CONFIG_API_VERSION, kind, names.SINGLETON_NAME)
    if (spec === null) return gone(world, keyOf(ref))
    const { apiVersion } = ref
    const wish = { apiVersion, kind, metadata: { name: names.SINGLETON_NAME }, spec }
    const live = world.get(keyOf(ref))
    const object =
      live === undefined
        ? withDefaults(made(way, wish))
        : way === 'apply'
          ? withDefaults(withoutRests(appliedBy({ manager: USER })(wish, live), wish.spec))
          : withDefaults(replaced(live, wish))
    return withObject(world, stored(object, live))
  }
