import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../model'
import { durationNs } from '../schema/duration'

import { requiredOf } from './schema-places'

const objectOf = (value: Json | undefined): JsonObject =>
  value !== undefined && isJsonObject(value) ? value : {}

const isWithin = ({ minimum, maximum, format }: JsonObject, value: number): boolean => {
  const [least, most] = format === 'int32' ? [-(2 ** 31), 2 ** 31 - 1] : [-(2 ** 63), 2 ** 63 - 1]
  return (
    Number.isInteger(value) &&
    value >= Math.max(least, typeof minimum === 'number' ? minimum : -Infinity) &&
    value < most + 1 &&
    value <= (typeof maximum === 'number' ? maximum : Infinity)
  )
}

const isFormatted = ({ format }: JsonObject, text: string): boolean => {
  if (format === 'duration') return durationNs(text) !== undefined
  return format !== 'date-time' || !Number.isNaN(Date.parse(text))
}

// Nothing that fits a pattern is longer, and trying it on what is takes hours.
const LONGEST_MATCHED = 1024

const isOfShape = ({ pattern }: JsonObject, text: string): boolean =>
  typeof pattern !== 'string' || (text.length <= LONGEST_MATCHED && new RegExp(pattern).test(text))

const isText = (schema: JsonObject, text: string): boolean => {
  const { enum: choices = [text], minLength = 0, maxLength = Infinity } = schema
  return (
    isJsonArray(choices) &&
    choices.includes(text) &&
    text.length >= Number(minLength) &&
    [...text].length <= Number(maxLength) &&
    isFormatted(schema, text) &&
    isOfShape(schema, text)
  )
}

const isWhole = (schema: JsonObject, value: JsonObject): boolean => {
  const { properties, additionalProperties } = schema
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true
  return (
    requiredOf(schema).every((name) => (value[name] ?? null) !== null) &&
    Object.entries(value).every(([name, field]) => {
      const known = objectOf(properties)[name] ?? additionalProperties
      return known === undefined ? isOpen : obeysSchema(objectOf(known), field, true)
    })
  )
}

type Type = 'string' | 'boolean' | 'integer' | 'array' | 'object' | 'quantity'

const RULES: { readonly [type in Type]: (schema: JsonObject, value: unknown) => boolean } = {
  string: (schema, value) => typeof value === 'string' && isText(schema, value),
  boolean: (_, value) => typeof value === 'boolean',
  integer: (schema, value) => typeof value === 'number' && isWithin(schema, value),
  array: (schema, value) =>
    isJsonArray(value) &&
    value.every((item) => obeysSchema(objectOf(schema['items']), item, false)),
  object: (schema, value) => isJsonObject(value) && isWhole(schema, value),
  quantity: (schema, value) =>
    typeof value === 'string'
      ? isText(schema, value)
      : typeof value === 'number' && isWithin(schema, value),
}

const typeOf = (schema: JsonObject): Type =>
  // The schemas of the definitions have no other types.
  schema['x-kubernetes-int-or-string'] === true ? 'quantity' : (schema['type'] as Type)

/**
 * Whether a structural schema lets a value pass, as the API server sees it, but for rules in CEL; and a field that it does not know
 * counts as wrong. The optional may be null, which is as good as nothing.
 */
export const obeysSchema = (schema: JsonObject, value: unknown, optional: boolean): boolean => {
  if (value === undefined) return optional
  if (value === null) return optional || schema['nullable'] === true
  return RULES[typeOf(schema)](schema, value)
}
