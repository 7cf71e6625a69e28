import { expect, it } from 'vitest'

import { userCount, userLines, wrongUserLines } from './htpasswd'

const HASH = `$2y$10$${'a'.repeat(53)}`

it('takes the lines that a registry can use, and no comment', () => {
  const file = `# ours\r\n\r\n  ann:${HASH} \r\nbob:$2b$04$${'./A0z'.repeat(10)}abc`
  expect(userLines(file)).toBe(`ann:${HASH}\nbob:$2b$04$${'./A0z'.repeat(10)}abc\n`)
  expect(userCount(file)).toBe(2)
  expect(wrongUserLines(file)).toEqual([])
})

it.each([
  ['no colon', 'ann', 'name'],
  ['no name', `:${HASH}`, 'name'],
  ['a name longer than any', `${'a'.repeat(256)}:${HASH}`, 'name'],
  ['a password as it is', 'ann:secret', 'hash'],
  ['a hash of MD5', 'ann:$apr1$zzzzzzzz$0123456789012345678901', 'hash'],
  ['a hash of SHA', 'ann:{SHA}2jmj7l5rSw0yVb/vlWAYkK/YBwk=', 'hash'],
  ['a cost that bcrypt does not have', `ann:$2y$32$${'a'.repeat(53)}`, 'hash'],
  ['half a hash', `ann:$2y$10$${'a'.repeat(52)}`, 'hash'],
  ['something after the hash', `ann:${HASH}:admin`, 'hash'],
])('leaves out a line with %s, and says which one it is', (_, line, lacks) => {
  const file = `ann:${HASH}\n\n${line}\nbob:${HASH}\n`
  expect(userLines(file)).toBe(`ann:${HASH}\nbob:${HASH}\n`)
  expect(wrongUserLines(file)).toEqual([{ line: 3, lacks }])
})

it('has no users in an empty file', () => {
  expect([userLines(''), userCount(''), wrongUserLines('\n')]).toEqual(['', 0, []])
})
