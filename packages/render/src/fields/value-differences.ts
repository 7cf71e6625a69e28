import { fieldStep, type FieldPath, indexStep, itemStep, valueStep } from './field-path'
import { hasKeys, isSet, keysOfItem, listKeys } from './list-keys'
import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonArray,
  type JsonObject,
  textOf,
} from '../model'
import { isSameQuantity } from './same-quantity'

type Live = Json | undefined

/**
 * Where a live content is not as wanted. What the live content has besides is not looked at; what the API
 * server rewrites without changing its meaning is no difference.
 */
export const valueDifferences = (content: JsonObject, live: JsonObject): ReadonlyArray<FieldPath> =>
  Object.entries(content).flatMap(([name, value]) =>
    differences(value, live[name], [fieldStep(name)]),
  )

const differences = (wanted: Json, live: Live, path: FieldPath): ReadonlyArray<FieldPath> => {
  // The API server leaves zero values out.
  if (isZero(wanted) && (live === undefined || isZero(live))) return []
  if (isJsonArray(wanted)) return inList(wanted, live, path)
  if (isJsonObject(wanted)) return inObject(wanted, live, path)
  return isSameScalar(wanted, live, path) ? [] : [path]
}

const inObject = (wanted: JsonObject, live: Live, path: FieldPath) =>
  isJsonObject(live)
    ? Object.entries(wanted).flatMap(([name, value]) =>
        differences(value, live[name], [...path, fieldStep(name)]),
      )
    : [path]

const inList = (wanted: JsonArray, live: Live, path: FieldPath) => {
  const items = isJsonArray(live) ? live : []
  const keys = listKeys(path)
  if (keys !== undefined) return inKeyedList(wanted, items, { path, keys })
  return isSet(path) ? inSet(wanted, items, path) : inAtomicList(wanted, live, path)
}

type KeyedList = { readonly path: FieldPath; readonly keys: ReadonlyArray<string> }

const inKeyedList = (
  wanted: JsonArray,
  live: JsonArray,
  { path, keys }: KeyedList,
): ReadonlyArray<FieldPath> =>
  wanted.filter(isJsonObject).flatMap((item) => {
    const identity = keysOfItem(item, keys)
    const found = live.find((other) => isJsonObject(other) && hasKeys(other, identity))
    return differences(item, found, [...path, itemStep(identity)])
  })

const inSet = (wanted: JsonArray, live: JsonArray, path: FieldPath) =>
  wanted.filter((item) => !live.includes(item)).map((item) => [...path, valueStep(item)])

const inAtomicList = (wanted: JsonArray, live: Live, path: FieldPath): ReadonlyArray<FieldPath> =>
  isJsonArray(live) && live.length === wanted.length
    ? wanted.flatMap((item, index) => differences(item, live[index], [...path, indexStep(index)]))
    : [path]

const isZero = (value: Json): boolean => {
  if (isJsonArray(value)) return value.length === 0
  if (isJsonObject(value)) return Object.values(value).every(isZero)
  return value === null || value === '' || value === 0 || value === false
}

/** Where quantities stand, by the last names of the path. */
const isQuantity = (path: FieldPath): boolean => {
  const [parent, last] = path.slice(-2).map((step) => (step._tag === 'Field' ? step.name : ''))
  return parent === 'requests' || parent === 'limits' || last === 'sizeLimit' || last === 'divisor'
}

const isSameScalar = (wanted: Json, live: Live, path: FieldPath): boolean =>
  wanted === live || (isQuantity(path) && isSameQuantity(asText(wanted), asText(live)))

/** A quantity may be written as a number. */
const asText = (value: Live): string => (typeof value === 'number' ? `${value}` : textOf(value))
