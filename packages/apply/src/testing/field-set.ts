import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
} from '@image-registry-operator/render/model'

import { fieldOf, type FieldSchema } from './field-schema'
import { onceKnown } from './known'

/** Paths of fields; elements as in managedFields (`f:spec`, `k:{"name":"x"}`, `v:"x"`), joined by `/0`. */
export type FieldSet = ReadonlySet<string>

const SEPARATOR = '\u0000'

const join = (path: string, element: string): string =>
  path === '' ? element : `${path}${SEPARATOR}${element}`

/** What an item of a keyed list, or of a set, is called. */
export const itemElement = (schema: FieldSchema, item: Json): string => {
  if (schema.keys === undefined) return `v:${JSON.stringify(item)}`
  const fields = isJsonObject(item) ? item : {}
  const values = [...schema.keys]
    .sort()
    .map((key) => [key, fields[key] ?? schema.keyDefaults?.[key]] as const)
    .filter(([, value]) => value !== undefined)
  return `k:${JSON.stringify(Object.fromEntries(values))}`
}

export const isAssociative = (schema: FieldSchema): boolean =>
  schema.keys !== undefined || schema.set === true

/** As text, whatever the order of fields. */
export const canonical = (value: Json): string => {
  if (isJsonArray(value)) return `[${value.map(canonical).join()}]`
  if (!isJsonObject(value)) return JSON.stringify(value)
  const field = (name: string): string => `${name}:${canonical(value[name] ?? null)}`
  return `{${Object.keys(value).sort().map(field).join()}}`
}

const leavesOf = (
  schema: FieldSchema,
  value: Json,
  path: string,
): ReadonlyArray<readonly [string, string]> => {
  if (isJsonArray(value) && isAssociative(schema))
    return value.flatMap((item) => {
      const at = join(path, itemElement(schema, item))
      // Being in the list is a fact of its own.
      return [
        [at, ''] as const,
        ...(isJsonObject(item) && schema.items?.atomic !== true
          ? leavesOf(schema.items ?? {}, item, at)
          : []),
      ]
    })
  if (isJsonObject(value) && schema.atomic !== true && Object.keys(value).length > 0)
    return Object.entries(value).flatMap(([name, field]) =>
      leavesOf(fieldOf(schema, name), field, join(path, `f:${name}`)),
    )
  return [[path, canonical(value)]]
}

/** Nobody owns these: they identify the object, or are the server's. */
const UNOWNED: ReadonlySet<string> = new Set([
  'f:apiVersion',
  'f:kind',
  'f:metadata',
  ...[
    'name',
    'namespace',
    'uid',
    'resourceVersion',
    'generation',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'managedFields',
    'selfLink',
  ].map((name) => join('f:metadata', `f:${name}`)),
])

const METADATA = join('f:metadata', '')

const isOwned = (path: string): boolean => {
  const end = path.indexOf(SEPARATOR, path.startsWith(METADATA) ? METADATA.length : 0)
  return !UNOWNED.has(end < 0 ? path : path.slice(0, end))
}

/** Every field that can be owned, with its value as text. */
const leavesBySchema = onceKnown((schema: FieldSchema) =>
  onceKnown(
    (object: JsonObject): ReadonlyMap<string, string> =>
      new Map(leavesOf(schema, object, '').filter(([path]) => isOwned(path))),
  ),
)
const leaves = (schema: FieldSchema, object: JsonObject): ReadonlyMap<string, string> =>
  leavesBySchema(schema)(object)

export const fieldSet = (schema: FieldSchema, object: JsonObject): FieldSet =>
  new Set(leaves(schema, object).keys())

export const union = (one: FieldSet, other: FieldSet): FieldSet => new Set([...one, ...other])
export const minus = (one: FieldSet, other: FieldSet): FieldSet =>
  new Set([...one].filter((path) => !other.has(path)))
export const both = (one: FieldSet, other: FieldSet): FieldSet =>
  new Set([...one].filter((path) => other.has(path)))

/** Fields that are there now and were not, or were otherwise. */
export const changedFields = (
  schema: FieldSchema,
  before: JsonObject,
  after: JsonObject,
): FieldSet => {
  const old = leaves(schema, before)
  return new Set(
    [...leaves(schema, after)]
      .filter(([path, value]) => old.get(path) !== value)
      .map(([path]) => path),
  )
}

export const removedFields = (
  schema: FieldSchema,
  before: JsonObject,
  after: JsonObject,
): FieldSet => minus(fieldSet(schema, before), fieldSet(schema, after))

/** The set with everything that its paths lead through. */
export const withContainers = (set: FieldSet): FieldSet =>
  new Set(
    [...set].flatMap((path) => {
      const elements = path.split(SEPARATOR)
      return elements.map((_, index) => elements.slice(0, index + 1).join(SEPARATOR))
    }),
  )

/** Whether the set has that path or something below it. */
export const reaches = (set: FieldSet, path: string): boolean =>
  set.has(path) || [...set].some((one) => one.startsWith(path + SEPARATOR))

type Tree = { [element: string]: Tree }

/** Lets a tree grow: what is in it and leads on stands for itself as `.`. */
const grow = (tree: Tree, path: string): void => {
  const elements = path.split(SEPARATOR)
  elements.reduce((at, element, index) => {
    const known = at[element]
    const child = known ?? {}
    const leadsOn = index < elements.length - 1
    if (known !== undefined && leadsOn === (Object.keys(known).length === 0)) child['.'] = {}
    at[element] = child
    return child
  }, tree)
}

/** As `fieldsV1` of managedFields. */
export const toFieldsV1: (set: FieldSet) => JsonObject = onceKnown((set) => {
  const tree: Tree = {}
  // What leads to others comes before them.
  ;[...set].sort().forEach((path) => grow(tree, path))
  return tree
})

const pathsOf = (tree: Json, path: string): ReadonlyArray<string> => {
  if (!isJsonObject(tree)) return []
  const elements = Object.entries(tree)
  if (elements.length === 0) return path === '' ? [] : [path]
  return elements.flatMap(([element, child]) =>
    element === '.' ? [path] : pathsOf(child, join(path, element)),
  )
}

export const fromFieldsV1 = (fields: Json | undefined): FieldSet =>
  isJsonObject(fields) ? knownPaths(fields) : new Set()

const knownPaths: (fields: JsonObject) => FieldSet = onceKnown(
  (fields) => new Set(pathsOf(fields, '')),
)

const showElement = (element: string): string => {
  if (element.startsWith('f:')) return `.${element.slice(2)}`
  if (element.startsWith('v:')) return `[=${element.slice(2)}]`
  return `[${element
    .slice(3, -1)
    .replaceAll('":', '"=')
    .replace(/"([^"]+)"=/g, '$1=')}]`
}

/** As people read it: `.spec.template.spec.containers[name="registry"].image`. */
export const showPath = (path: string): string => path.split(SEPARATOR).map(showElement).join('')

/** The object without that field or list item. */
export const withoutPath = (schema: FieldSchema, object: Json, path: string): Json => {
  const [element = '', ...rest] = path.split(SEPARATOR)
  return without(schema, object, { element, rest })
}

type Way = { readonly element: string; readonly rest: ReadonlyArray<string> }

const without = (schema: FieldSchema, value: Json, { element, rest }: Way): Json => {
  const [next, ...after] = rest
  if (isJsonArray(value))
    return next === undefined
      ? value.filter((item) => itemElement(schema, item) !== element)
      : value.map((item) =>
          itemElement(schema, item) === element
            ? without(schema.items ?? {}, item, { element: next, rest: after })
            : item,
        )
  if (!isJsonObject(value)) return value
  const name = element.slice(2)
  const { [name]: field, ...others } = value
  if (field === undefined || next === undefined) return others
  return { ...value, [name]: without(fieldOf(schema, name), field, { element: next, rest: after }) }
}
