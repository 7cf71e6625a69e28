import {
  textOf,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
} from '@image-registry-operator/render/model'

import type { FieldProblem } from './refusal'

/**
 * What an OpenAPI schema of a CustomResourceDefinition does to an object: unknown fields go, defaults come,
 * the rest is checked. Rules in CEL (`x-kubernetes-validations`) and `oneOf`, `anyOf`, `not` are not looked at.
 */
type Schema = JsonObject

const child = (schema: Schema, name: string): Schema | undefined => {
  const properties = schema['properties']
  const property = isJsonObject(properties) ? properties[name] : undefined
  const additional = schema['additionalProperties']
  if (isJsonObject(property)) return property
  if (isJsonObject(additional)) return additional
  return additional === true ? {} : undefined
}

const keepsUnknown = (schema: Schema): boolean =>
  schema['x-kubernetes-preserve-unknown-fields'] === true || schema['additionalProperties'] === true

const itemsOf = (schema: Schema): Schema => (isJsonObject(schema['items']) ? schema['items'] : {})

/** Without the fields that the schema does not know. */
export const withoutUnknown = (schema: Schema, value: Json): Json => {
  if (isJsonArray(value)) return value.map((item) => withoutUnknown(itemsOf(schema), item))
  if (!isJsonObject(value)) return value
  if (schema['x-kubernetes-embedded-resource'] === true) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) => {
      const known = child(schema, name)
      if (known === undefined) return keepsUnknown(schema) ? [[name, field]] : []
      return [[name, withoutUnknown(known, field)]]
    }),
  )
}

/** With the defaults of fields that are not set, or null where that is not allowed. */
export const withDefaults = (schema: Schema, value: Json): Json => {
  if (isJsonArray(value)) return value.map((item) => withDefaults(itemsOf(schema), item))
  if (!isJsonObject(value)) return value
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {}
  const missing = Object.entries(properties).flatMap(([name, property]) => {
    const fallback = isJsonObject(property) ? property['default'] : undefined
    return value[name] === undefined && fallback !== undefined ? [[name, fallback] as const] : []
  })
  return Object.fromEntries(
    Object.entries({ ...value, ...Object.fromEntries(missing) }).map(([name, field]) => [
      name,
      withDefaults(child(schema, name) ?? {}, field),
    ]),
  )
}

const problem = (field: string, reason: string, message: string): FieldProblem => ({
  field,
  reason,
  message,
})

const TYPES: { readonly [type: string]: (value: Json) => boolean } = {
  object: isJsonObject,
  array: isJsonArray,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  integer: (value) => typeof value === 'number' && Number.isInteger(value),
}

const typeName = (value: Json): string => {
  if (isJsonArray(value)) return 'array'
  if (value === null) return 'null'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

const wrongType = (schema: Schema, value: Json, at: string): ReadonlyArray<FieldProblem> => {
  const type = schema['type']
  if (schema['x-kubernetes-int-or-string'] === true)
    return typeof value === 'string' || Number.isInteger(value)
      ? []
      : [
          problem(
            at,
            'FieldValueTypeInvalid',
            `Invalid value: "${typeName(value)}": ${at} in body must be of type integer or string: "${typeName(value)}"`,
          ),
        ]
  if (typeof type !== 'string' || (value === null && schema['nullable'] === true)) return []
  return TYPES[type]?.(value) === false
    ? [
        problem(
          at,
          'FieldValueTypeInvalid',
          `Invalid value: "${typeName(value)}": ${at} in body must be of type ${type}: "${typeName(value)}"`,
        ),
      ]
    : []
}

const shown = (value: Json): string => JSON.stringify(value)

const enumProblems = (schema: Schema, value: Json, at: string): ReadonlyArray<FieldProblem> => {
  const allowed = schema['enum']
  return isJsonArray(allowed) && !allowed.some((one) => shown(one) === shown(value))
    ? [
        problem(
          at,
          'FieldValueNotSupported',
          `Unsupported value: ${shown(value)}: supported values: ${allowed.map(shown).join(', ')}`,
        ),
      ]
    : []
}

const broken = (at: string, value: Json, rule: string): ReadonlyArray<FieldProblem> => [
  problem(at, 'FieldValueInvalid', `Invalid value: ${shown(value)}: ${at} in body ${rule}`),
]

const textProblems = (schema: Schema, value: string, at: string): ReadonlyArray<FieldProblem> => {
  const { pattern, minLength, maxLength } = schema
  return [
    ...(typeof pattern === 'string' && !new RegExp(pattern).test(value)
      ? broken(at, value, `should match '${pattern}'`)
      : []),
    ...(typeof minLength === 'number' && value.length < minLength
      ? broken(at, value, `should be at least ${minLength} chars long`)
      : []),
    ...(typeof maxLength === 'number' && value.length > maxLength
      ? broken(at, value, `should be at most ${maxLength} chars long`)
      : []),
  ]
}

const numberProblems = (schema: Schema, value: number, at: string): ReadonlyArray<FieldProblem> => {
  const { minimum, maximum } = schema
  return [
    ...(typeof minimum === 'number' && value < minimum
      ? broken(at, value, `should be greater than or equal to ${minimum}`)
      : []),
    ...(typeof maximum === 'number' && value > maximum
      ? broken(at, value, `should be less than or equal to ${maximum}`)
      : []),
  ]
}

const listProblems = (
  schema: Schema,
  value: ReadonlyArray<Json>,
  at: string,
): ReadonlyArray<FieldProblem> => {
  const { minItems, maxItems } = schema
  return [
    ...(typeof minItems === 'number' && value.length < minItems
      ? broken(at, value.length, `should have at least ${minItems} items`)
      : []),
    ...(typeof maxItems === 'number' && value.length > maxItems
      ? broken(at, value.length, `should have at most ${maxItems} items`)
      : []),
    ...value.flatMap((item, index) => problemsOf(itemsOf(schema), item, `${at}[${index}]`)),
  ]
}

const objectProblems = (
  schema: Schema,
  value: JsonObject,
  at: string,
): ReadonlyArray<FieldProblem> => {
  const required = isJsonArray(schema['required']) ? schema['required'] : []
  const prefix = at === '' ? '' : `${at}.`
  return [
    ...required
      .filter((name): name is string => typeof name === 'string' && value[name] === undefined)
      .map((name) => problem(`${prefix}${name}`, 'FieldValueRequired', 'Required value')),
    ...Object.entries(value).flatMap(([name, field]) =>
      problemsOf(child(schema, name) ?? {}, field, `${prefix}${name}`),
    ),
  ]
}

/** What is wrong with a value, by its schema. */
export const problemsOf = (
  schema: Schema,
  value: Json,
  at: string,
): ReadonlyArray<FieldProblem> => {
  const wrong = wrongType(schema, value, at)
  if (wrong.length > 0) return wrong
  const chosen = enumProblems(schema, value, at)
  if (typeof value === 'string') return [...chosen, ...textProblems(schema, value, at)]
  if (typeof value === 'number') return [...chosen, ...numberProblems(schema, value, at)]
  if (isJsonArray(value)) return listProblems(schema, value, at)
  return isJsonObject(value) ? objectProblems(schema, value, at) : chosen
}

/** What keeps a value from being read by the schema at all: the first field that is unknown or of another type. */
export const misfit = (schema: Schema, value: Json, at = ''): string | undefined => {
  const [wrong] = wrongType(schema, value, at)
  if (wrong !== undefined)
    return `${at}: expected ${textOf(schema['type']) || 'integer or string'}, got ${typeName(value)}`
  const parts: ReadonlyArray<readonly [string, Schema | undefined, Json]> = isJsonArray(value)
    ? value.map((item, index) => [`[${index}]`, itemsOf(schema), item] as const)
    : isJsonObject(value) && schema['x-kubernetes-embedded-resource'] !== true
      ? Object.entries(value).map(
          ([name, field]) => [`.${name}`, child(schema, name), field] as const,
        )
      : []
  return parts
    .map(([name, known, field]) =>
      known === undefined
        ? keepsUnknown(schema)
          ? undefined
          : `${at}${name}: field not declared in schema`
        : misfit(known, field, `${at}${name}`),
    )
    .find((problem) => problem !== undefined)
}
