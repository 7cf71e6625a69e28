import fc from 'fast-check'
import { expect, test } from 'vitest'

import { base64Bytes } from './base64'

test('decodes what Node encodes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(base64Bytes(Buffer.from(bytes).toString('base64'))).toEqual(new Uint8Array(bytes))
    }),
  )
})

test('passes over line breaks', () => {
  expect(base64Bytes('YW\nJj\r\n')).toEqual(Uint8Array.from([97, 98, 99]))
})

test.each(['a', 'ab', 'abc', 'ab=c', '====', 'YW Jj', 'YWJ!', 'YWJjä', 'sha256:00'])(
  'refuses %s',
  (text) => {
    expect(base64Bytes(text)).toBeUndefined()
  },
)
