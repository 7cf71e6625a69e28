import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
} from '../src/model'
import { keyOf, refOf } from '../src/model'

/** Says of an object, or of an item of a list, that it is not there. */
const GONE = { field: '$patch', value: 'delete' } as const

const isGone = (edit: Json): boolean => isJsonObject(edit) && edit[GONE.field] === GONE.value

/** Which object of a snapshot this is. */
export const identityOf = (object: KubeObject): string =>
  object.kind === 'APIGroupDiscoveryList' ? object.kind : keyOf(refOf(object))

/** The objects, of which those of the second list stand in for those of the same name. */
export const replaced = (
  objects: ReadonlyArray<KubeObject>,
  others: ReadonlyArray<KubeObject>,
): ReadonlyArray<KubeObject> => {
  const taken = new Set(others.map(identityOf))
  return [
    ...objects.filter((object) => !taken.has(identityOf(object))),
    ...others.filter((object) => !isGone(object)),
  ]
}

/** The objects with what the edits say of them merged in; an edit of an object that is not there is that object. */
export const edited = (
  objects: ReadonlyArray<KubeObject>,
  edits: ReadonlyArray<KubeObject>,
): ReadonlyArray<KubeObject> =>
  replaced(
    objects,
    edits.map((edit) => {
      const live = objects.find((object) => identityOf(object) === identityOf(edit))
      return live === undefined || isGone(edit) ? edit : mergedInto(live, edit)
    }),
  )

/** The object with an edit of it. */
export const mergedInto = (live: KubeObject, edit: KubeObject): KubeObject =>
  // Its identity is that of the edit.
  merged(live, edit) as KubeObject

/** A JSON merge patch; lists of things with names are merged by them. */
const merged = (live: Json | undefined, edit: Json): Json => {
  if (isJsonObject(edit)) return mergedObject(isJsonObject(live) ? live : {}, edit)
  const key = isJsonArray(edit) ? keyOfItems(edit) : undefined
  return key === undefined || !isJsonArray(edit) || !isJsonArray(live)
    ? edit
    : edit.reduce<ReadonlyArray<Json>>(withItem(key), live)
}

const mergedObject = (live: JsonObject, edit: JsonObject): JsonObject => {
  const gone = Object.keys(edit).filter((field) => edit[field] === null)
  const fields = Object.entries(edit).filter(([field]) => !gone.includes(field))
  return {
    ...Object.fromEntries(Object.entries(live).filter(([field]) => !gone.includes(field))),
    ...Object.fromEntries(fields.map(([field, value]) => [field, merged(live[field], value)])),
  }
}

const KEYS = ['name', 'type', 'manager'] as const

const keyOfItems = (items: ReadonlyArray<Json>): string | undefined =>
  KEYS.find((key) => {
    const keys = items.map((item) => (isJsonObject(item) ? item[key] : undefined))
    return !keys.includes(undefined) && new Set(keys).size === keys.length
  })

const withItem =
  (key: string) =>
  (items: ReadonlyArray<Json>, edit: Json): ReadonlyArray<Json> => {
    const isIt = (item: Json): boolean =>
      isJsonObject(item) && isJsonObject(edit) && item[key] === edit[key]
    if (isGone(edit)) return items.filter((item) => !isIt(item))
    return items.some(isIt)
      ? items.map((item) => (isIt(item) ? merged(item, edit) : item))
      : [...items, edit]
  }
