import { mutatedText, runs, slowLength } from '@image-registry-operator/render/testing'
import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { cloudsDocument, describeCloudsProblem } from './clouds-document'

describe('a clouds.yaml', () => {
  it('says what is written in it, every value as a text', () => {
    expect(cloudsDocument('clouds: {a: {n: 0123, ok: yes, none: }}')).toEqual(
      E.right({ clouds: { a: { n: '0123', ok: 'yes', none: '' } } }),
    )
  })

  it('may take over from another place', () => {
    expect(cloudsDocument('a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n')).toEqual(
      E.right({ a: { x: '1', y: '2' }, b: { x: '1', y: '3' } }),
    )
  })

  it.each([
    ['clouds: {a: *hunter2', 'is not YAML (line 1)'],
    ['a: b\nclouds:\n - ]\n', 'is not YAML (line 3)'],
    ['clouds:\n  a: 1\n  b: 2\n  a: 3\n', 'is not YAML (line 2)'],
    ['a: &a 1\nb: [*a]\n'.replace('*a', '*a, '.repeat(200)), 'is not YAML'],
    [`a: ${'x'.repeat(65_536)}`, 'is longer than 65536 characters'],
  ])('that begins with %.20j %s', (text, problem) => {
    expect(E.mapLeft(describeCloudsProblem)(cloudsDocument(text))).toEqual(E.left(problem))
  })

  it('is refused, however deep it goes', () => {
    expect(E.isLeft(cloudsDocument('['.repeat(30_000) + ']'.repeat(30_000)))).toBe(true)
  })

  it('may have thousands of keys', () => {
    const keys = Array.from({ length: 7000 }, (_, index) => `k${index}: 1\n`).join('')
    expect(E.isRight(cloudsDocument(keys))).toBe(true)
    expect(E.isLeft(cloudsDocument(`${keys}k7: 2\n`))).toBe(true)
  })
})

/** The parser is thorough: a text of the greatest length that is wrong everywhere takes nearly a second where nothing else runs. */
const LONGEST_MS = 20_000

const CANARY = 'canary-hunter2'

const FILES = [
  `clouds:\n  a:\n    auth: &auth\n      password: ${CANARY}\n      username: u\n  b:\n    auth:\n      <<: *auth\n`,
  `{"clouds":{"a":{"auth":{"token":"${CANARY}"},"identity_api_version":3}}}`,
  `clouds: !!map {a: |\n  ${CANARY}\n}`,
]

describe('whatever stands in a clouds.yaml', () => {
  it('it is read, or what is wrong is said without a word of it', () => {
    fc.assert(
      fc.property(fc.oneof(mutatedText(FILES), fc.string({ unit: 'binary' })), (text) => {
        const read = E.mapLeft(describeCloudsProblem)(cloudsDocument(text))
        if (E.isLeft(read)) expect(read.left).toMatch(/^is not YAML( \(line \d+\))?$/)
      }),
      { numRuns: runs(300) },
    )
  })

  const units = fc.oneof(
    fc.constantFrom(
      '[',
      ']',
      '{',
      '}',
      '"',
      '- ',
      '? ',
      'a: ',
      '&a ',
      '*a, ',
      '<<: *a\n',
      '!',
      '\n',
      ' ',
    ),
    mutatedText(FILES).filter((text) => text.length > 0 && text.length < 200),
  )

  it('takes seconds at most, however long it is', () => {
    const repeated = fc.record({
      head: fc.constantFrom('', ...FILES, 'a: &a {b: c}\n'),
      unit: units,
      tail: fc.constantFrom('', 'x', ']', '\n'),
    })
    fc.assert(
      fc.property(repeated, (one) => slowLength(cloudsDocument, one, LONGEST_MS) === undefined),
      { numRuns: runs(3) },
    )
  })
})
