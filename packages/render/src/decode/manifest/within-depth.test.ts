import { describe, expect, it } from 'vitest'

import type { Json } from '../../model'
import { withinDepth } from './within-depth'

const levels = (count: number): Json =>
  Array.from({ length: count }).reduce<Json>(
    (inner, _, index) => (index % 2 ? [inner] : { a: inner }),
    1,
  )

describe('a manifest', () => {
  it('is what it was when nothing in it lies too deep', () => {
    const manifest = { kind: 'Config', spec: levels(250) }
    expect(withinDepth(manifest)).toBe(manifest)
  })

  it('loses what lies too deep, and nothing else', () => {
    const manifest = { kind: 'Config', spec: levels(9_000), status: { a: [1, { b: 2 }] } }
    const shallow = withinDepth(manifest)
    expect(shallow).toMatchObject({ kind: 'Config', status: { a: [1, { b: 2 }] } })
    expect(JSON.stringify(shallow)).toContain('null')
    expect(JSON.stringify(shallow).length).toBeLessThan(2_000)
    expect(withinDepth(shallow)).toBe(shallow)
  })
})
