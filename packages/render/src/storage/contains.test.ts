import { expect, it } from 'vitest'

import { contains } from './contains'

it.each([
  [{ a: 1, more: 2 }, { a: 1 }, true],
  [{ a: 2 }, { a: 1 }, false],
  [{}, { a: 1 }, false],
  [{ a: 1 }, {}, true],
  [[{ days: 7 }, { days: 1, prefix: '' }], [{ days: 1 }], true],
  [[{ days: 7 }], [{ days: 1 }], false],
  [[], [], true],
  [{ 0: 'x' }, ['x'], false],
  ['x', { a: 1 }, false],
  ['x', 'x', true],
  [null, 'x', false],
  [undefined, null, false],
  [{}, { constructor: 'x' }, false],
])('whether %j has all of %j: %s', (found, wanted, expected) => {
  expect(contains(found, wanted)).toBe(expected)
})
