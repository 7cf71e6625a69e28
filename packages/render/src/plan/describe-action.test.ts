import { describe, expect, it } from 'vitest'

import type { ApplyObject, FieldChange } from '../model'
import { names, objectRef } from '../model'
import { converge } from '../testing/live-objects'
import { describeAction } from './describe-action'

const update = (...changes: ReadonlyArray<FieldChange>): ApplyObject => ({
  _tag: 'ApplyObject',
  ref: objectRef('v1', 'Service', 'a', 'n'),
  change: 'update',
  desired: converge({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } }),
  changes,
})

const checksum: FieldChange = {
  path: `metadata.annotations["${names.CHECKSUM_ANNOTATION}"]`,
  why: 'differs',
  live: 'sha256:1',
  wanted: 'sha256:2',
}

describe('an action in one line', () => {
  it.each<readonly [string, FieldChange]>([
    ['x 1 → 2', { path: 'x', why: 'differs', live: 1, wanted: 2 }],
    ['x nothing → ""', { path: 'x', why: 'differs', wanted: '' }],
    [
      'x a b → c (edited by h, i)',
      { path: 'x', why: 'differs', live: 'a\nb', wanted: 'c', heldBy: ['h', 'i'] },
    ],
    ['x is held by h, not ours', { path: 'x', why: 'not-owned', heldBy: ['h'] }],
    ['x is nobody’s, not ours', { path: 'x', why: 'not-owned' }],
    ['x is no longer wanted', { path: 'x', why: 'no-longer-wanted', live: 1 }],
    ['x is in the way (edited by h)', { path: 'x', why: 'in-the-way', heldBy: ['h'] }],
  ])('says why: %s', (text, change) => {
    expect(describeAction(update(change))).toBe(`update Service n/a: ${text}`)
  })

  it('shortens long values and long lists', () => {
    const long: FieldChange = { path: 'x', why: 'differs', live: 'y'.repeat(99), wanted: 1 }
    expect(describeAction(update(...Array<FieldChange>(6).fill(long)))).toBe(
      `update Service n/a: ${Array(4)
        .fill(`x ${'y'.repeat(39)}… → 1`)
        .join(', ')}, 2 more`,
    )
  })

  it('mentions the checksum only when nothing else changes', () => {
    const other: FieldChange = { path: 'x', why: 'no-longer-wanted' }
    expect(describeAction(update(checksum, other))).toBe(
      'update Service n/a: x is no longer wanted',
    )
    expect(describeAction(update(checksum))).toContain('sha256:1 → sha256:2')
  })
})
