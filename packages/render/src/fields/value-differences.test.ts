import { describe, expect, it } from 'vitest'

import type { JsonObject } from '../model'
import { showPath } from './field-path'
import { valueDifferences } from './value-differences'

const paths = (wanted: JsonObject, live: JsonObject): ReadonlyArray<string> =>
  valueDifferences(wanted, live).map(showPath)

const requests = (cpu: string | number): JsonObject => ({ resources: { requests: { cpu } } })

describe('the differences between wanted and live', () => {
  it('are none where the API server wrote the same quantity in another way', () => {
    const same: ReadonlyArray<readonly [string | number, string]> = [
      ['1000m', '1'],
      ['0.5Gi', '512Mi'],
      [2, '2'],
      ['1e3', '1k'],
      ['.5', '500m'],
      ['100u', '1m'],
      ['-1', '-1000m'],
    ]
    expect(same.flatMap(([wanted, live]) => paths(requests(wanted), requests(live)))).toEqual([])
  })

  it('are there where the quantity is another one, or none', () => {
    expect(paths(requests('1'), requests('2'))).toEqual(['resources.requests.cpu'])
    expect(paths(requests('abc'), requests('1'))).toEqual(['resources.requests.cpu'])
  })

  it('do not take other texts for quantities', () => {
    expect(paths({ value: '1000m' }, { value: '1' })).toEqual(['value'])
  })

  it('are none where a zero value is left out', () => {
    const zeros = { a: '', b: 0, c: false, d: [], e: {}, f: null, g: { h: '' } }
    expect(paths(zeros, {})).toEqual([])
    expect(paths(zeros, { a: 'x', b: 1, c: true, d: [1], e: { x: 1 } })).toEqual([
      'a',
      'b',
      'c',
      'd',
    ])
  })

  it('look up items with keys, and nothing else, by their keys', () => {
    const env = { env: [{ name: 'A', value: '1' }] }
    expect(paths(env, { env: [{ name: 'B' }, { name: 'A', value: '1' }] })).toEqual([])
    expect(paths(env, { env: [{ name: 'A', value: '2' }] })).toEqual(['env[name=A].value'])
    expect(paths({ args: ['a', 'b'] }, { args: ['b', 'a'] })).toEqual(['args[0]', 'args[1]'])
    expect(paths({ args: ['a'] }, { args: ['a', 'b'] })).toEqual(['args'])
  })

  it('know the protocol that a port has when it says none', () => {
    const wanted = { spec: { ports: [{ port: 1, name: 'a' }] } }
    const live = { spec: { ports: [{ port: 1, protocol: 'TCP', name: 'a' }] } }
    expect(paths(wanted, live)).toEqual([])
  })

  it('tolerate what the server adds, in lists that are one value too', () => {
    expect(
      paths(
        { sources: [{ token: { path: 'a' } }] },
        { sources: [{ token: { path: 'a', seconds: 3600 } }] },
      ),
    ).toEqual([])
  })

  it('ask of a set only that it has what is wanted', () => {
    const finalizers = (...names: ReadonlyArray<string>) => ({ metadata: { finalizers: names } })
    expect(paths(finalizers('a'), finalizers('b', 'a'))).toEqual([])
    expect(paths(finalizers('a'), finalizers('b'))).toEqual(['metadata.finalizers[=a]'])
  })

  it('are the outermost place where nothing is live', () => {
    expect(paths({ a: { b: { c: 1 } } }, { a: {} })).toEqual(['a.b'])
    expect(paths({ a: { b: 1 } }, { a: 'text' })).toEqual(['a'])
  })
})
