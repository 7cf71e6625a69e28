import { expect, test } from 'vitest'

import { stableMessage } from './stable-message'

test.each([
  ['Access Denied', 'Access Denied'],
  ['one\n  two\r\n\tthree ', 'one two three'],
  ['Denied (RequestId: 4B7F-99aa/x=)', 'Denied'],
  ['Denied, Request ID: abc, Host ID: def+/=', 'Denied,'],
  ['not authorized. Encoded authorization failure message: Zm9v_-YmFy', 'not authorized.'],
  ['too far: 2026-11-21T10:00:00Z', 'too far:'],
  ['signed at 20261121T100000Z', 'signed at'],
])('%j is told as %j', (text, told) => {
  expect(stableMessage(text)).toBe(told)
})

test('what is long is cut', () => {
  expect(stableMessage('x'.repeat(9_000))).toHaveLength(400)
})
