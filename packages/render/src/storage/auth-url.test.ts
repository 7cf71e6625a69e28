import { expect, test } from 'vitest'

import { authUrl } from './auth-url'

test.each([
  ['http://h:5000', 'http://h:5000/v3'],
  ['https://KEY.example.com:443/v3/', 'https://key.example.com/v3/'],
  ['h.example.com:5000', 'http://h.example.com:5000/v3'],
  ['http://h:80/', 'http://h/v3'],
  ['http://h:5000/v2.0', 'http://h:5000/v2.0'],
  ['https://h/identity', 'https://h/identity/v3'],
  ['https://h/identity/v3', 'https://h/identity/v3'],
  ['https://h//a/./b/../v3', 'https://h/a/v3'],
  ['https://[::1]:5000', 'https://[::1]:5000/v3'],
  ['INVALID_URL', undefined],
  ['ftp://h', undefined],
  ['https://user:password@h', undefined],
  ['https://', undefined],
  ['', undefined],
])('the address %j is %j', (text, expected) => {
  expect(authUrl(text, 3)).toBe(expected)
})
