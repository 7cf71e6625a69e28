import * as E from 'fp-ts/Either'
import * as t from 'io-ts'

import { isJsonArray, isJsonObject, type JsonObject } from '../model'

import { field, fieldError, refused, type Field, type FieldError, type OpenApi } from './field'
import { showKind } from './show-value'

const gathered = <A>(results: ReadonlyArray<t.Validation<A>>): t.Validation<ReadonlyArray<A>> => {
  const errors = results.flatMap((result) => (E.isLeft(result) ? result.left : []))
  return errors.length > 0
    ? t.failures(errors)
    : t.success(results.flatMap((result) => (E.isRight(result) ? [result.right] : [])))
}

const listField = <A>(openApi: OpenApi, item: Field<A>): Field<ReadonlyArray<A>> =>
  field({ ...openApi, items: item.openApi }, (value, context) =>
    isJsonArray(value)
      ? gathered(
          // Array.from: a hole in a sparse array is an item, too.
          Array.from(value, (element, index) =>
            item.validate(element, t.appendContext(context, `${index}`, item, element)),
          ),
        )
      : refused(value, context, {
          message: `must be a list, got ${showKind(value)}`,
          remedy: 'write it as a list, each item after a dash',
        }),
  )

/** A list without merge semantics of its own. */
export const list = <A>(description: string, item: Field<A>): Field<ReadonlyArray<A>> =>
  listField({ description, type: 'array' }, item)

/** A list that is always written as a whole. */
export const atomicList = <A>(description: string, item: Field<A>): Field<ReadonlyArray<A>> =>
  listField({ description, type: 'array', 'x-kubernetes-list-type': 'atomic' }, item)

const keyOfItem = (keys: ReadonlyArray<string>, item: unknown): string =>
  JSON.stringify(keys.map((key) => (isJsonObject(item) ? (item[key] ?? null) : null)))

/** Where each text stands first. */
const firstPlaces = (texts: ReadonlyArray<string>): ReadonlyMap<string, number> =>
  new Map(texts.map((text, index) => [text, index] as const).reverse())

const duplicates = (
  keys: ReadonlyArray<string>,
  value: ReadonlyArray<unknown>,
  context: t.Context,
): ReadonlyArray<FieldError> => {
  const names = value.map((item) => keyOfItem(keys, item))
  const firsts = firstPlaces(names)
  return value.flatMap((item, index) => {
    const first = firsts.get(names[index] ?? '') ?? index
    const at = t.appendContext(context, `${index}`, t.unknown, item)
    const message = `has the same ${keys.join(', ')} as item ${first}`
    return first === index ? [] : [fieldError(item, at, { message, remedy: 'remove one of them' })]
  })
}

/** A list of objects that are told apart by some of their fields, and merged by them. */
export const mapList = <A>(
  description: string,
  item: Field<A>,
  keys: ReadonlyArray<string>,
): Field<ReadonlyArray<A>> => {
  const extra = { 'x-kubernetes-list-map-keys': keys, 'x-kubernetes-list-type': 'map' }
  const base = listField({ description, type: 'array', ...extra }, item)
  return field(base.openApi, (value, context) => {
    const items = base.validate(value, context)
    if (E.isLeft(items)) return items
    const errors = duplicates(keys, items.right, context)
    return errors.length > 0 ? t.failures([...errors]) : items
  })
}

/** An object whose keys are the user's. */
export const map = <A>(
  description: string,
  entry: Field<A>,
): Field<{ readonly [key: string]: A }> =>
  field({ description, type: 'object', additionalProperties: entry.openApi }, (value, context) => {
    if (!isJsonObject(value)) {
      const message = `must be an object, got ${showKind(value)}`
      return refused(value, context, { message, remedy: 'write it as key: value lines' })
    }
    const entries = Object.entries(value).map(([key, one]) =>
      E.map((a: A) => [key, a] as const)(
        entry.validate(one, t.appendContext(context, key, entry, one)),
      ),
    )
    return E.map((pairs: ReadonlyArray<readonly [string, A]>) => Object.fromEntries(pairs))(
      gathered(entries),
    )
  })

/** An object of which nothing is known and everything is kept. */
export const preservedObject = (description: string): Field<JsonObject> =>
  field(
    { description, type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    (value, context) =>
      isJsonObject(value)
        ? t.success(value)
        : refused(value, context, {
            message: `must be an object, got ${showKind(value)}`,
            remedy: 'write its fields below it, or remove it',
          }),
  )
