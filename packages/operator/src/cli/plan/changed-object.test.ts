import type { FieldChange, Json } from '@image-registry-operator/render/model'
import { describe, expect, it } from 'vitest'

import { changedObject } from './changed-object'

const changed = (before: Json, path: string, change: Partial<FieldChange>): Json =>
  changedObject(before, [{ path, why: 'differs', ...change }])

describe('what becomes of an object', () => {
  it.each<[string, Json, Json, string]>([
    ['a field', { a: 1, b: 2 }, { a: 3, b: 2 }, 'a'],
    ['a field that is not there yet', {}, { a: { b: 3 } }, 'a.b'],
    [
      'a field whose name needs quotes',
      { a: { 'b.c/"d"': 1 } },
      { a: { 'b.c/"d"': 3 } },
      'a["b.c/\\"d\\""]',
    ],
    [
      'an item found by its keys',
      [{ n: 1, p: 'TCP', v: 1 }],
      [{ n: 1, p: 'TCP', v: 3 }],
      '[n=1,p=TCP].v',
    ],
    ['an item of a set', ['x', 'y'], ['x', 3], '[=y]'],
    ['an item found by its place', ['x', 'y'], ['x', 3], '[1]'],
    ['a new item of a list', { l: [{ n: 'a' }] }, { l: [{ n: 'a' }, 3] }, 'l[n=b]'],
    ['a list that is not there yet', {}, { l: [{ v: 3 }] }, 'l[n=b].v'],
  ])('%s', (_, before, after, path) => {
    expect(changed(before, path, { wanted: 3 })).toEqual(after)
  })

  it('loses what is in the way, and what nobody wants any more', () => {
    const before = { l: [{ name: 'a' }, { name: 'b' }], a: 1 }
    expect(changed(before, 'l[name=a]', { why: 'in-the-way' })).toEqual({
      l: [{ name: 'b' }],
      a: 1,
    })
    expect(changed(before, 'a', { why: 'no-longer-wanted' })).toEqual({ l: before.l })
  })

  it('keeps what somebody else holds too, and what only changes hands', () => {
    const before = { a: 1 }
    expect(changed(before, 'a', { why: 'no-longer-wanted', heldBy: ['kubectl'] })).toBe(before)
    expect(changed(before, 'a', { why: 'not-owned', wanted: 2 })).toBe(before)
  })
})
