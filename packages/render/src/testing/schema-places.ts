import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../model'

/** One place in a schema: how it is written as a path, and how a value gets there. */
export type SchemaPlace = {
  readonly path: string
  readonly schema: JsonObject
  /** An ancestor whose rule may speak up first. */
  readonly ruled: ReadonlyArray<string>
  /** It is a field of an object and may be left out; there null is the same. */
  readonly optional: boolean
  readonly withValue: (value: unknown) => unknown
}

const CANDIDATES = [
  'abc',
  'Managed',
  'RollingUpdate',
  'Available',
  '5m',
  '2024-05-01T12:00:00Z',
  'crn:v1:bluemix:public:cloud-object-storage:global:a/1:2:resource-key:3',
  'crn:v1:bluemix:public:cloud-object-storage:global:a/1:2::',
]

const objectOf = (value: Json | undefined): JsonObject =>
  value !== undefined && isJsonObject(value) ? value : {}

/** The fields that an object must have. */
export const requiredOf = (schema: JsonObject): ReadonlyArray<string> =>
  isJsonArray(schema['required'] ?? null) ? (schema['required'] as ReadonlyArray<string>) : []

const sampleText = ({ enum: choices, pattern, format }: JsonObject): string => {
  if (choices !== undefined) return (choices as ReadonlyArray<string>).find(Boolean) ?? ''
  if (format === 'date-time') return '2024-05-01T12:00:00Z'
  if (format === 'duration') return '5m'
  const shape = new RegExp(typeof pattern === 'string' ? pattern : '')
  return CANDIDATES.find((candidate) => shape.test(candidate)) ?? ''
}

/** The least that decodes. */
export const sample = (schema: JsonObject): Json => {
  if (schema['x-kubernetes-int-or-string'] === true) return '100m'
  switch (schema['type']) {
    case 'object': {
      const properties = objectOf(schema['properties'])
      return Object.fromEntries(
        requiredOf(schema).map((name) => [name, sample(objectOf(properties[name]))]),
      )
    }
    case 'array':
      return []
    case 'integer':
      return typeof schema['minimum'] === 'number' ? schema['minimum'] : 1
    case 'boolean':
      return true
    default:
      return sampleText(schema)
  }
}

const below = (place: SchemaPlace, key: string, schema: Json | undefined): SchemaPlace => {
  const inner = objectOf(schema)
  const isItem = key === '0'
  const isField = 'properties' in place.schema
  const around = isItem ? [] : (sample(place.schema) as JsonObject)
  return {
    path: isItem ? `${place.path}[0]` : `${place.path}.${key}`,
    schema: inner,
    optional: isField && !requiredOf(place.schema).includes(key),
    ruled: place.schema['x-kubernetes-validations'] ? [...place.ruled, place.path] : place.ruled,
    withValue: (value) => place.withValue(isItem ? [value] : { ...around, [key]: value }),
  }
}

const places = (place: SchemaPlace): ReadonlyArray<SchemaPlace> => {
  const { properties, items, additionalProperties } = place.schema
  const children = [
    ...Object.entries(objectOf(properties)).map(([key, schema]) => below(place, key, schema)),
    ...(items === undefined ? [] : [below(place, '0', items)]),
    ...(additionalProperties === undefined ? [] : [below(place, 'key', additionalProperties)]),
  ]
  return [place, ...children.flatMap(places)]
}

const typeOf = (value: unknown): string => {
  if (isJsonArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return value === null ? 'null' : typeof value
}

/** Whether a value is of the type of a place; what else it must be like is another matter. */
export const takesTypeOf = ({ schema, optional }: SchemaPlace, value: unknown): boolean => {
  if (value === null) return optional || schema['nullable'] === true
  return schema['x-kubernetes-int-or-string'] === true
    ? ['string', 'integer'].includes(typeOf(value))
    : schema['type'] === typeOf(value)
}

/** Every place in a schema, from its root on. */
export const placesIn = (schema: JsonObject, root: string): ReadonlyArray<SchemaPlace> =>
  places({ path: root, schema, ruled: [], optional: false, withValue: (value) => value })
