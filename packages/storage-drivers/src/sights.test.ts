import type { PartSight } from '@image-registry-operator/render/model'
import { describe, expect, it } from 'vitest'

import { carries } from './sights'

const marked = (marks: { readonly [name: string]: string }): PartSight => ({
  _tag: 'Present',
  marks,
  settings: {},
  details: {},
})

describe('a thing', () => {
  it('carries marks when it has all of them, whatever else it has', () => {
    const wanted = { a: '1', b: '2' }
    expect(carries(marked({ a: '1', b: '2', c: '3' }), wanted)).toBe(true)
    expect(carries(marked({ a: '1' }), wanted)).toBe(false)
    expect(carries(marked({ a: '1', b: 'another' }), wanted)).toBe(false)
  })

  it('that is not there, or whose marks were not read, carries none', () => {
    expect(carries({ _tag: 'Absent' }, { a: '1' })).toBe(false)
    expect(carries({ _tag: 'Present', settings: {}, details: {} }, { a: '1' })).toBe(false)
  })

  it('is not shown to be ours by no marks at all', () => {
    expect(carries(marked({ a: '1' }), {})).toBe(false)
  })
})
