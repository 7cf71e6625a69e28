import { type FieldPath, fieldStep, itemStep, type PathStep, valueStep } from '../fields/field-path'
import { branches, isLeaf, withBranch, withoutBranch } from '../fields/field-tree'
import { hasKeys, isSet, keysOfItem, listKeys } from '../fields/list-keys'
import { appliedFields, type FieldTree, managedEntries } from '../fields/managed-fields'
import { ownedContent } from '../fields/owned-content'
import { unwantedPaths } from '../fields/unwanted-paths'
import { valueAt } from '../fields/value-at'
import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
  names,
} from '../model'

/** Maps that the API server treats as one value. */
const ATOMIC_MAPS = [
  'selector',
  'nodeSelector',
  'labelSelector',
  'podSelector',
  'secretKeyRef',
  'configMapKeyRef',
  'fieldRef',
  'roleRef',
]

const sortedText = (keys: JsonObject): string =>
  JSON.stringify(Object.fromEntries(Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1))))

const rawKey = (step: PathStep): string => {
  switch (step._tag) {
    case 'Field':
      return `f:${step.name}`
    case 'Item':
      return `k:${sortedText(step.keys)}`
    case 'Value':
      return `v:${JSON.stringify(step.value)}`
    case 'Index':
      return `i:${step.index}`
  }
}

const isAtomicMap = (path: FieldPath): boolean => {
  const last = path.at(-1)
  return last?._tag === 'Field' && ATOMIC_MAPS.includes(last.name)
}

/** What the parts of a value are, where the API server tells parts apart; undefined where it does not. */
const parts = (
  value: Json,
  path: FieldPath,
): ReadonlyArray<readonly [PathStep, Json]> | undefined => {
  if (isJsonObject(value)) {
    return isAtomicMap(path)
      ? undefined
      : Object.entries(value).map(([name, field]) => [fieldStep(name), field])
  }
  const keys = listKeys(path)
  if (!isJsonArray(value)) return undefined
  if (isSet(path)) return value.map((item) => [valueStep(item), item])
  return keys === undefined
    ? undefined
    : value.filter(isJsonObject).map((item) => [itemStep(keysOfItem(item, keys)), item])
}

/** The fields that somebody holds who applies this. */
export const treeOf = (value: Json, path: FieldPath = []): FieldTree =>
  Object.fromEntries([
    ...(path.at(-1)?._tag === 'Item' ? [['.', {}] as const] : []),
    ...(parts(value, path) ?? [])
      .filter(([step, part]) => !isEmptyKeyedList(part, [...path, step]))
      .map(([step, part]) => [rawKey(step), treeOf(part, [...path, step])] as const),
  ])

const isEmptyKeyedList = (value: Json, path: FieldPath): boolean =>
  isJsonArray(value) && value.length === 0 && listKeys(path) !== undefined

const put = (value: Json | undefined, step: PathStep, part: Json | undefined): Json => {
  if (step._tag === 'Field') {
    const { [step.name]: _before, ...others } = isJsonObject(value) ? value : {}
    return part === undefined ? others : { ...others, [step.name]: part }
  }
  const items = isJsonArray(value) ? value : []
  const isIt = (item: Json): boolean =>
    step._tag === 'Item'
      ? isJsonObject(item) && hasKeys(item, step.keys)
      : step._tag === 'Value' && item === step.value
  if (part === undefined) return items.filter((item) => !isIt(item))
  return items.some(isIt) ? items.map((item) => (isIt(item) ? part : item)) : [...items, part]
}

const partAt = (value: Json | undefined, step: PathStep): Json | undefined => {
  if (step._tag === 'Field') return isJsonObject(value) ? value[step.name] : undefined
  const items = isJsonArray(value) ? value : []
  return step._tag === 'Item'
    ? items.find((item) => isJsonObject(item) && hasKeys(item, step.keys))
    : items.find((item) => step._tag === 'Value' && item === step.value)
}

/** The value with something else at a path; `undefined` takes it away. */
export const withPart = (
  value: Json | undefined,
  [step, ...rest]: FieldPath,
  part: Json | undefined,
): Json => {
  if (step === undefined) return part ?? null
  const next = rest.length === 0 ? part : withPart(partAt(value, step), rest, part)
  return put(value, step, next)
}

const merged = (live: Json | undefined, wanted: Json, path: FieldPath): Json => {
  const wantedParts = parts(wanted, path)
  if (wantedParts === undefined || (wantedParts.length === 0 && live === undefined)) return wanted
  const mixed = wantedParts.reduce<Json>(
    (value, [step, part]) => put(value, step, merged(partAt(value, step), part, [...path, step])),
    live ?? (isJsonArray(wanted) ? [] : {}),
  )
  return isJsonArray(mixed)
    ? inOrderOf(
        wantedParts.map(([step]) => partAt(mixed, step)),
        mixed,
      )
    : mixed
}

/** The order is that of who applies; what others have in the list comes after that. */
const inOrderOf = (wanted: ReadonlyArray<Json | undefined>, all: ReadonlyArray<Json>): Json => [
  ...wanted.filter((item) => item !== undefined),
  ...all.filter((item) => !wanted.includes(item)),
]

/** All the ends of a tree, as keys. */
export const leavesOf = (tree: FieldTree): ReadonlyArray<ReadonlyArray<string>> =>
  branches(tree).flatMap(({ key, below }) =>
    isLeaf(below) ? [[key]] : leavesOf(below).map((rest) => [key, ...rest]),
  )

/** Who applies, and to what of the object: all but its status, or `status`. */
export type Applier = { readonly manager: string; readonly subresource?: string }

const entryOf = (
  { manager, subresource = '' }: Applier,
  operation: string,
  fields: FieldTree,
): JsonObject => ({
  manager,
  operation,
  apiVersion: 'v1',
  fieldsType: 'FieldsV1',
  fieldsV1: fields,
  ...(subresource === '' ? {} : { subresource }),
})

/** Whether a tree has something at a place. */
export const hasBranch = (tree: FieldTree, [key, ...rest]: ReadonlyArray<string>): boolean => {
  if (key === undefined) return true
  const below = tree[key]
  return isJsonObject(below) && hasBranch(below, rest)
}

/** Who holds an object does not lose it to somebody who puts a field into it. */
const without = (tree: FieldTree, taken: FieldTree): FieldTree =>
  leavesOf(taken)
    .filter((keys) => hasBranch(tree, keys))
    .reduce<FieldTree>((left, keys) => withoutBranch(left, keys), tree)

const withEntries = (object: KubeObject, entries: ReadonlyArray<JsonObject>): KubeObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    managedFields: entries.filter(
      ({ fieldsV1 }) => isJsonObject(fieldsV1) && Object.keys(fieldsV1).length > 0,
    ),
  },
})

const others = (object: KubeObject, { manager, subresource = '' }: Applier, operation: string) =>
  managedEntries(object).filter(
    (entry) =>
      entry.manager !== manager ||
      entry.operation !== operation ||
      entry.subresource !== subresource,
  )

/** What is left when our manager applies an object by force: a small model of what the API server does. */
export const applied = (desired: KubeObject, live?: KubeObject): KubeObject =>
  appliedBy({ manager: names.FIELD_MANAGER })(desired, live)

/** The same for any manager, and for the status. */
export const appliedBy =
  (applier: Applier) =>
  (desired: KubeObject, live: KubeObject = { ...identity(desired) }): KubeObject => {
    const content = ownedContent(desired)
    const tree = treeOf(content)
    const mine = appliedFields(live, applier.manager, applier.subresource) ?? {}
    const theirs = others(live, applier, 'Apply').map(({ fields }) => fields)
    const pruned = unwantedPaths(content, mine)
      .flatMap((path) => heldEnds(heldBelow(mine, path), path))
      // What others hold as well, or hold a part of, stays.
      .filter((path) => !theirs.some((fields) => hasBranch(fields, path.map(rawKey))))
      .reduce<Json>(withoutEnd, live) as KubeObject
    return withEntries(merged(pruned, content, []) as KubeObject, [
      entryOf(applier, 'Apply', tree),
      ...others(live, applier, 'Apply').map(({ source, fields }) => ({
        ...source,
        fieldsV1: without(fields, tree),
      })),
    ])
  }

const heldBelow = (tree: FieldTree, path: FieldPath): FieldTree =>
  path.reduce<FieldTree>(
    (at, step) =>
      branches(at).find((branch) => JSON.stringify(branch.step) === JSON.stringify(step))?.below ??
      {},
    tree,
  )

/** What goes with what is no longer applied: fields and whole items, but nothing beside them that others put there. */
const heldEnds = (tree: FieldTree, path: FieldPath): ReadonlyArray<FieldPath> =>
  isLeaf(tree) || '.' in tree
    ? [path]
    : branches(tree).flatMap(({ step, below }) => heldEnds(below, [...path, step]))

/** Without a field, and without the maps that had nothing else in them. */
const withoutEnd = (value: Json, path: FieldPath): Json => {
  const left = withPart(value, path, undefined)
  const above = path.slice(0, -1)
  const rest = valueAt(left, above)
  return above.length > 0 && isJsonObject(rest) && Object.keys(rest).length === 0
    ? withoutEnd(left, above)
    : left
}

const identity = ({ apiVersion, kind, metadata: { name, namespace } }: KubeObject): KubeObject => ({
  apiVersion,
  kind,
  metadata: {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    uid: `uid-of-${kind}-${name}`,
    resourceVersion: '1',
  },
})

/** What is left when somebody edits one place: he holds it then, and nobody else does. */
export const edited = (
  live: KubeObject,
  path: FieldPath,
  { by, value }: { readonly by: string; readonly value: Json | undefined },
): KubeObject => {
  const keys = path.map(rawKey)
  const before = managedEntries(live).find(({ manager }) => manager === by)
  const tree = withBranch(
    // What was below that place has gone with it.
    withoutBranch(before?.fields ?? {}, keys),
    keys,
    value === undefined ? {} : treeOf(value, path),
  )
  return withEntries(withPart(live, path, value) as KubeObject, [
    ...others(live, { manager: by }, 'Update').map(({ source, fields }) => ({
      ...source,
      fieldsV1: withoutBranch(fields, keys),
    })),
    ...(value === undefined ? [] : [entryOf({ manager: by }, 'Update', tree)]),
  ])
}

/** What a JSON patch of managedFields leaves, or undefined when one of its tests fails. */
export const patched = (
  live: KubeObject,
  operations: ReadonlyArray<Json>,
): KubeObject | undefined => {
  const start: ReadonlyArray<JsonObject> = managedEntries(live).map(({ source }) => source)
  const end = operations
    .filter(isJsonObject)
    .reduce<ReadonlyArray<JsonObject> | undefined>((entries, { op, path, value }) => {
      const index = Number(String(path).split('/').at(-1))
      const entry = isJsonObject(value) ? value : {}
      if (entries === undefined) return undefined
      if (op === 'add') return [...entries, entry]
      if (op === 'remove') return entries.filter((_, at) => at !== index)
      if (op === 'replace') return entries.map((each, at) => (at === index ? entry : each))
      return JSON.stringify(entries[index]) === JSON.stringify(value) ? entries : undefined
    }, start)
  return end === undefined ? undefined : withEntries(live, end)
}
