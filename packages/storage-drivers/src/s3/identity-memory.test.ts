import { expect, test } from 'vitest'

import { identityMemory } from './identity-memory'

const NOON = 1_000_000_000_000
const MINUTE = 60_000
const identity = {
  accessKeyId: 'a',
  secretAccessKey: 'b',
  expiration: new Date(NOON + 60 * MINUTE),
}

test('an identity is known until shortly before its time is over, and to nobody else', () => {
  let now = NOON
  const memory = identityMemory(() => now)
  expect(memory.known('me')).toBeUndefined()
  expect(memory.keep('me', identity)).toBe(identity)
  expect(memory.known('me')).toBe(identity)
  expect(memory.known('another')).toBeUndefined()
  now = NOON + 54 * MINUTE
  expect(memory.known('me')).toBe(identity)
  now = NOON + 55 * MINUTE
  expect(memory.known('me')).toBeUndefined()
})

test('an identity without an end is known for good', () => {
  let now = NOON
  const memory = identityMemory(() => now)
  memory.keep('me', { accessKeyId: 'a', secretAccessKey: 'b' })
  now = NOON * 2
  expect(memory.known('me')).toBeDefined()
})
