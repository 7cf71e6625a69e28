import { expect, test } from 'vitest'

import { aString, lenient } from '../decode/manifest/lenient'

import { integer } from './integer'
import { nullable, withDefault } from './modifiers'
import { optionalObject } from './object'
import { secretString, string } from './string'
import { decodeAt } from './problems'

test('a field is a guard, too', () => {
  const port = integer('A port.', { minimum: 1, maximum: 65535 })
  expect([port.is(80), port.is(0), port.is('80')]).toEqual([true, false, false])
  expect(lenient({ name: aString }).is({ name: 5 })).toBe(false)
})

test('what is decoded is encoded as it is', () => {
  const name = string('A name.')
  expect(name.encode('a')).toBe('a')
})

test('a default is filled in for nothing and for null, but not where null is allowed', () => {
  const fields = optionalObject('Some fields.', {
    a: withDefault(string('A.'), 'x'),
    b: nullable(string('B.')),
    c: string('C.'),
  })
  expect(decodeAt(fields, '', {})).toMatchObject({ right: { a: 'x' } })
  expect(decodeAt(fields, '', { a: null, b: null, c: null })).toEqual(
    expect.objectContaining({ right: { a: 'x', b: null } }),
  )
})

test('a value is shown when it is short, and its kind when it is long or secret', () => {
  const messageOf = (value: unknown, field = integer('A number.')) =>
    JSON.stringify(decodeAt(field, 'a', value))
  expect(messageOf('42')).toContain('got \\"42\\"')
  expect(messageOf('x'.repeat(100))).toContain('got a string of 100 characters')
  expect(messageOf([1])).toContain('got a list')
  expect(messageOf({ a: 1 })).toContain('got an object')
  expect(JSON.stringify(decodeAt(secretString('A secret.'), 'a', 42))).toContain('got a number')
})

test('keys that are no words are quoted in paths', () => {
  const fields = optionalObject('Some fields.', {})
  expect(decodeAt(fields, 'spec', { 'a.b/c': 1 })).toMatchObject({
    left: [{ path: 'spec["a.b/c"]' }],
  })
})
