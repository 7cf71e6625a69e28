import { describe, expect, it } from 'vitest'

import { mergedFacts } from './merged-facts'

const proxy = (others: object): Parameters<typeof mergedFacts>[0][number] => ({
  apiVersion: 'config.openshift.io/v1',
  kind: 'Proxy',
  metadata: { name: 'cluster' },
  ...others,
})

describe('mergedFacts', () => {
  it('changes fields of the common fact of the same kind and name, and keeps the others', () => {
    const common = [proxy({ spec: { a: 1, b: { c: 2, d: 3 } } })]
    expect(mergedFacts(common, [proxy({ spec: { b: { c: null, e: 4 } } })], [])).toEqual([
      proxy({ spec: { a: 1, b: { d: 3, e: 4 } } }),
    ])
  })

  it('adds a fact that is not common', () => {
    expect(mergedFacts([], [proxy({ spec: {} })], [])).toEqual([proxy({ spec: {} })])
  })

  it('leaves out what is absent', () => {
    expect(mergedFacts([proxy({})], [], [proxy({})])).toEqual([])
  })
})
