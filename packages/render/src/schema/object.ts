import * as E from 'fp-ts/Either'
import * as t from 'io-ts'

import { isJsonObject, type JsonObject } from '../model'

import {
  field,
  fieldError,
  refused,
  type AnyField,
  type Field,
  type FieldError,
  type OpenApi,
} from './field'
import { nearMatch } from './near-match'
import { showKind } from './show-value'

export type Fields = { readonly [name: string]: AnyField }

type ObjectOf<R extends Fields, O extends Fields> = {
  readonly [K in keyof R]: t.TypeOf<R[K]>
} & { readonly [K in keyof O]?: t.TypeOf<O[K]> }

type Entry = readonly [string, unknown]

type Shape = { readonly fields: Fields; readonly required: ReadonlyArray<string> }

const own = (value: JsonObject, name: string): unknown =>
  Object.hasOwn(value, name) ? value[name] : undefined

/** As the API server has it: null is nothing, unless it is allowed, and a default stands in for nothing. */
const effective = (value: unknown, { openApi }: AnyField): unknown =>
  value === undefined || (value === null && openApi['nullable'] !== true)
    ? openApi['default']
    : value

const MISSING = 'is missing'

const member = (
  { fields, required }: Shape,
  parent: JsonObject,
  context: t.Context,
): ((name: string) => t.Validation<ReadonlyArray<Entry>>) => {
  const one = (name: string, codec: AnyField): t.Validation<ReadonlyArray<Entry>> => {
    const value = effective(own(parent, name), codec)
    const inner = t.appendContext(context, name, codec, value)
    if (value !== undefined) return E.map((a) => [[name, a] as const])(codec.validate(value, inner))
    const remedy = `add it: ${codec.openApi.description}`
    return required.includes(name)
      ? refused(value, inner, { message: MISSING, remedy })
      : E.right([])
  }
  return (name) => {
    const codec = fields[name]
    return codec === undefined ? E.right([]) : one(name, codec)
  }
}

const unknownField = (known: ReadonlyArray<string>, name: string) => {
  const meant = nearMatch(name, known)
  return {
    message: 'is not a field that exists',
    remedy: meant === undefined ? 'remove it' : `did you mean ${meant}? Rename or remove it`,
  }
}

const unknownErrors = (
  known: ReadonlyArray<string>,
  value: JsonObject,
  context: t.Context,
): ReadonlyArray<FieldError> =>
  Object.keys(value)
    .filter((name) => value[name] !== undefined && !known.includes(name))
    .map((name) =>
      fieldError(
        value[name],
        t.appendContext(context, name, t.unknown, value[name]),
        unknownField(known, name),
      ),
    )

const validateMembers = (
  shape: Shape,
  value: JsonObject,
  context: t.Context,
): t.Validation<ReadonlyArray<Entry>> => {
  const known = Object.keys(shape.fields)
  const members = known.map(member(shape, value, context))
  const errors = [
    ...members.flatMap((result) => (E.isLeft(result) ? result.left : [])),
    ...unknownErrors(known, value, context),
  ]
  return errors.length > 0
    ? t.failures(errors)
    : t.success(members.flatMap((result) => (E.isRight(result) ? result.right : [])))
}

const schemaOf = (description: string, { fields, required }: Shape): OpenApi => ({
  description,
  type: 'object',
  ...(required.length > 0 ? { required } : {}),
  ...(Object.keys(fields).length > 0
    ? {
        properties: Object.fromEntries(
          Object.entries(fields).map(([name, { openApi }]) => [name, openApi]),
        ),
      }
    : {}),
})

/** An object of named fields. A field that it does not name is a problem, with a suggestion where one is near. */
export const object = <R extends Fields, O extends Fields>(
  description: string,
  members: { readonly required: R; readonly optional: O },
): Field<ObjectOf<R, O>> => {
  const fields: Fields = { ...members.required, ...members.optional }
  const shape = { fields, required: Object.keys(members.required) }
  // The members have been decoded one by one; together they are the object.
  const assembled = (entries: ReadonlyArray<Entry>) => Object.fromEntries(entries) as ObjectOf<R, O>
  return field(schemaOf(description, shape), (value, context) =>
    isJsonObject(value)
      ? E.map(assembled)(validateMembers(shape, value, context))
      : refused(value, context, {
          message: `must be an object, got ${showKind(value)}`,
          remedy: 'write its fields below it, or remove it',
        }),
  )
}

/** An object all of whose fields may be left out. */
export const optionalObject = <O extends Fields>(
  description: string,
  optional: O,
): Field<ObjectOf<Record<never, AnyField>, O>> => object(description, { required: {}, optional })
