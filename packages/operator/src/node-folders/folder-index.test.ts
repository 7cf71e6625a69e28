import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { entryOf, type FolderIndex, parsedIndex, printedIndex, withoutEntry } from './folder-index'

const index: FolderIndex = {
  'a.example:5000': { folder: 'made', digests: ['sha256:1'] },
  b: { folder: 'found', digests: ['sha256:2', 'sha256:3'] },
}

describe('the index', () => {
  it('is read as it was written', () => {
    expect(parsedIndex(printedIndex(index))).toEqual(E.right(index))
    expect(parsedIndex(printedIndex({}))).toEqual(E.right({}))
  })

  it.each([
    '',
    '{',
    '[]',
    'null',
    '{"version":2,"folders":{}}',
    '{"version":1}',
    '{"version":1,"folders":{"a":{"folder":"mine","digests":[]}}}',
    '{"version":1,"folders":{"a":{"folder":"made","digests":[1]}}}',
  ])('is not what we cannot have written: %s', (text) => {
    expect(E.isLeft(parsedIndex(text))).toBe(true)
  })

  it('has no entries but its own', () => {
    expect(entryOf(index, 'constructor')).toBeUndefined()
    expect(withoutEntry(index, 'b')).toEqual({ 'a.example:5000': index['a.example:5000'] })
  })
})
