import * as E from 'fp-ts/Either'
import { describe, expect, test } from 'vitest'

import { ConfigSpec } from '../decode/codecs/config/config-spec'
import { ConfigStatus } from '../decode/codecs/config/config-status'
import { ImagePrunerSpec, ImagePrunerStatus } from '../decode/codecs/config/image-pruner'
import type { JsonObject } from '../model'
import { placesIn, requiredOf, sample, takesTypeOf } from '../testing/schema-places'
import { STRANGE_VALUES } from '../testing/strange-values'

import type { AnyField } from './field'
import { decodeAt } from './problems'

const STRANGE = STRANGE_VALUES.map(({ value }) => value)

const ROOTS: ReadonlyArray<readonly [string, string, AnyField]> = [
  ['spec of Config', 'spec', ConfigSpec],
  ['status of Config', 'status', ConfigStatus],
  ['spec of ImagePruner', 'spec', ImagePrunerSpec],
  ['status of ImagePruner', 'status', ImagePrunerStatus],
]

const pathsOf = (codec: AnyField, root: string, value: unknown): ReadonlyArray<string> => {
  const decoded = decodeAt(codec, root, value)
  return E.isLeft(decoded) ? [...new Set(decoded.left.map(({ path }) => path))] : []
}

describe.each(ROOTS)('%s', (_, root, codec) => {
  const all = placesIn(codec.openApi, root)

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
      const wrong = STRANGE.filter((value) => !takesTypeOf(place, value))
      expect(wrong.length).toBeGreaterThan(0)
      wrong.forEach((value) => expect(pathsOf(codec, root, withValue(value))).toEqual([path]))
    },
  )

  test.each(all.map((place) => [place.path, place] as const))(
    '%s accepts a strange value of its type or names itself',
    (path, place) => {
      const { ruled, withValue } = place
      STRANGE.filter((value) => takesTypeOf(place, value)).forEach((value) => {
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
