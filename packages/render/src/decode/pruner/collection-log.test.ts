import { expect, test } from 'vitest'

import { collectionLog } from './collection-log'

const DIGEST = 'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'

test('a log that says so found as much as its summary says', () => {
  const log = [
    'a/image',
    `a/image: marking manifest ${DIGEST} `,
    `a/image: marking blob ${DIGEST}`,
    '',
    '3 blobs marked, 12 blobs and 1 manifests eligible for deletion',
    `blob eligible for deletion: ${DIGEST}`,
  ].join('\n')
  expect(collectionLog(log)).toEqual({ blobs: 12, manifests: 1 })
})

test('nothing found is something that is said', () => {
  expect(
    collectionLog('\n0 blobs marked, 0 blobs and 0 manifests eligible for deletion\n'),
  ).toEqual({
    blobs: 0,
    manifests: 0,
  })
})

test('of a log whose beginning is gone, what is listed counts', () => {
  const log = `blob eligible for deletion: ${DIGEST}\nblob eligible for deletion: ${DIGEST}\n`
  expect(collectionLog(log)).toEqual({ blobs: 2, manifests: 0 })
})

test('a log that says nothing of it says nothing', () => {
  expect(collectionLog('failed to garbage collect: failed to mark: no such host')).toBeUndefined()
  expect(
    collectionLog('x 3 blobs marked, 12 blobs and 1 manifests eligible for deletion'),
  ).toBeUndefined()
})
