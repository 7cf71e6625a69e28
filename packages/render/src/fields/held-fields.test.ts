import { describe, expect, it } from 'vitest'

import { showPath } from './field-path'
import { withBranch, withoutBranch } from './field-tree'
import { ownedContent } from './owned-content'
import { uncoveredPaths } from './uncovered-paths'
import { unwantedPaths } from './unwanted-paths'
import { valueAt } from './value-at'

const uncovered = (...args: Parameters<typeof uncoveredPaths>) =>
  uncoveredPaths(...args).map(showPath)
const unwanted = (...args: Parameters<typeof unwantedPaths>) => unwantedPaths(...args).map(showPath)

const finalizers = (...names: ReadonlyArray<string>) => ({ metadata: { finalizers: names } })

describe('what is held', () => {
  it('covers the values of a set one by one', () => {
    const held = { 'f:metadata': { 'f:finalizers': { '.': {}, 'v:"a"': {}, 'v:"c"': {} } } }
    expect(uncovered(finalizers('a', 'b'), held)).toEqual(['metadata.finalizers[1]'])
    expect(unwanted(finalizers('a'), held)).toEqual(['metadata.finalizers[=c]'])
  })

  it('covers the items of a list by their places where the server counts them', () => {
    const held = { 'f:list': { 'i:0': {}, 'i:2': {} } }
    expect(uncovered({ list: ['x', 'y'] }, held)).toEqual(['list[1]'])
    expect(unwanted({ list: ['x', 'y'] }, held)).toEqual(['list[2]'])
  })

  it('covers everything below a leaf', () => {
    expect(uncovered({ spec: { a: [{ b: 1 }] } }, { 'f:spec': {} })).toEqual([])
    expect(unwanted({ spec: { a: 1 } }, { 'f:spec': {} })).toEqual([])
  })

  it('need not cover nothing', () => {
    expect(uncovered({ a: null, env: [] }, {})).toEqual([])
    expect(uncovered({ a: {}, args: [] }, {})).toEqual(['a', 'args'])
  })

  it('is of another shape where a value has become another one', () => {
    expect(uncovered({ a: 'text' }, { 'f:a': { 'f:b': {} } })).toEqual([])
    expect(unwanted({ a: 'text' }, { 'f:a': { 'f:b': {} } })).toEqual([])
  })

  it('is never the identity of an object', () => {
    expect(
      ownedContent({ apiVersion: 'v1', kind: 'A', metadata: { name: 'a', namespace: 'b' }, x: 1 }),
    ).toEqual({ x: 1 })
    expect(ownedContent({ metadata: { name: 'a', labels: {} } })).toEqual({
      metadata: { labels: {} },
    })
    expect(ownedContent({ x: 1 })).toEqual({ x: 1 })
  })
})

describe('a tree of held fields', () => {
  it('loses a branch, and what holds nothing then', () => {
    const tree = { 'f:a': { 'f:b': { '.': {}, 'f:c': {} }, 'f:d': {} } }
    expect(withoutBranch(tree, ['f:a', 'f:b', 'f:c'])).toEqual({ 'f:a': { 'f:d': {} } })
    expect(withoutBranch(tree, ['f:a'])).toEqual({})
    expect(withoutBranch(tree, ['f:x', 'f:y'])).toEqual(tree)
    expect(withoutBranch(tree, [])).toEqual(tree)
  })

  it('gains one beside what it has', () => {
    expect(withBranch({ 'f:a': { 'f:b': {} } }, ['f:a', 'f:c'], { 'f:d': {} })).toEqual({
      'f:a': { 'f:b': {}, 'f:c': { 'f:d': {} } },
    })
  })
})

describe('the value at a path', () => {
  const object = { list: [{ name: 'a', x: 1 }, 'v'] }
  const list = { _tag: 'Field' as const, name: 'list' }

  it('is found by every kind of step', () => {
    const item = { _tag: 'Item' as const, keys: { name: 'a' } }
    expect(valueAt(object, [list, item, { _tag: 'Field', name: 'x' }])).toBe(1)
    expect(valueAt(object, [list, { _tag: 'Value', value: 'v' }])).toBe('v')
    expect(valueAt(object, [list, { _tag: 'Index', index: 1 }])).toBe('v')
  })

  it('is nothing where the path leads nowhere', () => {
    expect(valueAt(object, [list, list])).toBeUndefined()
    expect(valueAt('text', [{ _tag: 'Index', index: 0 }])).toBeUndefined()
  })
})
