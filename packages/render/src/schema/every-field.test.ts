import * as E from 'fp-ts/Either'
import { describe, expect, test } from 'vitest'

import { ConfigSpec } from '../decode/codecs/config/config-spec'
import { ConfigStatus } from '../decode/codecs/config/config-status'
import { ImagePrunerSpec, ImagePrunerStatus } from '../decode/codecs/config/image-pruner'
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../model'

import type { AnyField } from './field'
import { decodeAt } from './problems'

/** One place in a schema: how it is written as a path, and how a value gets there. */
type Place = {
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

const requiredOf = (schema: JsonObject): ReadonlyArray<string> =>
  isJsonArray(schema['required'] ?? null) ? (schema['required'] as ReadonlyArray<string>) : []

const sampleText = ({ enum: choices, pattern, format }: JsonObject): string => {
  if (choices !== undefined) return (choices as ReadonlyArray<string>).find(Boolean) ?? ''
  if (format === 'date-time') return '2024-05-01T12:00:00Z'
  if (format === 'duration') return '5m'
  const shape = new RegExp(typeof pattern === 'string' ? pattern : '')
  return CANDIDATES.find((candidate) => shape.test(candidate)) ?? ''
}

/** The least that decodes. */
const sample = (schema: JsonObject): Json => {
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

const below = (place: Place, key: string, schema: Json | undefined): Place => {
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

const places = (place: Place): ReadonlyArray<Place> => {
  const { properties, items, additionalProperties } = place.schema
  const children = [
    ...Object.entries(objectOf(properties)).map(([key, schema]) => below(place, key, schema)),
    ...(items === undefined ? [] : [below(place, '0', items)]),
    ...(additionalProperties === undefined ? [] : [below(place, 'key', additionalProperties)]),
  ]
  return [place, ...children.flatMap(places)]
}

const ROOTS: ReadonlyArray<readonly [string, string, AnyField]> = [
  ['spec of Config', 'spec', ConfigSpec],
  ['status of Config', 'status', ConfigStatus],
  ['spec of ImagePruner', 'spec', ImagePrunerSpec],
  ['status of ImagePruner', 'status', ImagePrunerStatus],
]

const STRANGE: ReadonlyArray<unknown> = [
  null,
  '',
  'text',
  'x'.repeat(100_000),
  'crn:'.repeat(10_000),
  '\u0000 \ud800 \u202e 🐙',
  '-1s',
  0,
  -1,
  -2147483649,
  1.5,
  1e300,
  Number.NaN,
  true,
  [],
  [null],
  {},
  { unknown: { field: 1 } },
]

const typeOf = (value: unknown): string => {
  if (isJsonArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return value === null ? 'null' : typeof value
}

const accepts = ({ schema, optional }: Place, value: unknown): boolean => {
  if (value === null) return optional || schema['nullable'] === true
  return schema['x-kubernetes-int-or-string'] === true
    ? ['string', 'integer'].includes(typeOf(value))
    : schema['type'] === typeOf(value)
}

const pathsOf = (codec: AnyField, root: string, value: unknown): ReadonlyArray<string> => {
  const decoded = decodeAt(codec, root, value)
  return E.isLeft(decoded) ? [...new Set(decoded.left.map(({ path }) => path))] : []
}

describe.each(ROOTS)('%s', (_, root, codec) => {
  const start: Place = {
    path: root,
    schema: codec.openApi,
    ruled: [],
    optional: false,
    withValue: (value) => value,
  }
  const all = places(start)

  test('has every field described in a sentence', () => {
    const undescribed = all.filter(
      ({ schema }) => !/^[A-Z].*\.$/s.test(JSON.stringify(schema['description']).slice(1, -1)),
    )
    expect(undescribed.map(({ path }) => path)).toEqual([])
  })

  test.each(all.map((place) => [place.path, place] as const))(
    '%s refuses the wrong type by its own path',
    (path, place) => {
      const { withValue } = place
      const wrong = STRANGE.filter((value) => !accepts(place, value))
      expect(wrong.length).toBeGreaterThan(0)
      wrong.forEach((value) => expect(pathsOf(codec, root, withValue(value))).toEqual([path]))
    },
  )

  test.each(all.map((place) => [place.path, place] as const))(
    '%s accepts a strange value of its type or names itself',
    (path, place) => {
      const { ruled, withValue } = place
      STRANGE.filter((value) => accepts(place, value)).forEach((value) => {
        const elsewhere = pathsOf(codec, root, withValue(value)).filter(
          (one) => !one.startsWith(path) && !ruled.includes(one),
        )
        expect(elsewhere).toEqual([])
      })
    },
  )

  test.each(
    all
      .filter(({ schema }) => schema['type'] === 'object')
      .filter(({ schema }) => !('additionalProperties' in schema))
      .filter(({ schema }) => !('x-kubernetes-preserve-unknown-fields' in schema))
      .map((place) => [place.path, place] as const),
  )('%s refuses a field that it does not have', (path, { schema, withValue }) => {
    const value = { ...(sample(schema) as JsonObject), zzzzzz: 1 }
    expect(pathsOf(codec, root, withValue(value))).toEqual([`${path}.zzzzzz`])
  })

  test.each(
    all
      .flatMap((place) => requiredOf(place.schema).map((name) => ({ place, name })))
      .map(({ place, name }) => [`${place.path}.${name}`, place, name] as const),
  )('%s is missed when it is not there', (path, { schema, withValue }, name) => {
    const { [name]: _dropped, ...rest } = sample(schema) as JsonObject
    expect(pathsOf(codec, root, withValue(rest))).toEqual([path])
  })

  test('decodes the sample of every field', () => {
    const refused = all
      .filter(({ schema, withValue }) => pathsOf(codec, root, withValue(sample(schema))).length > 0)
      .map(({ path }) => path)
    // These two are only allowed together with a sibling.
    expect(
      refused.filter((path) => !/networkAccess\.internal|encryption\.(kms|method)/.test(path)),
    ).toEqual([])
  })

  test('never throws, and never shows a long value', () => {
    all.forEach(({ withValue }) =>
      STRANGE.forEach((value) => {
        const decoded = decodeAt(codec, root, withValue(value))
        if (E.isRight(decoded)) return
        decoded.left.forEach(({ message, remedy }) => {
          expect(message.length).toBeLessThan(400)
          expect(remedy.length).toBeGreaterThan(0)
        })
      }),
    )
  })
})
