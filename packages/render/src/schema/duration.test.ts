import { expect, test } from 'vitest'

import { durationNs } from './duration'

test.each([
  ['0', 0n],
  ['-0', 0n],
  ['0s', 0n],
  ['5ns', 5n],
  ['2µs', 2_000n],
  ['2us', 2_000n],
  ['100ms', 100_000_000n],
  ['1.5s', 1_500_000_000n],
  ['.5s', 500_000_000n],
  ['1.s', 1_000_000_000n],
  ['1m30s', 90_000_000_000n],
  ['1h0m0s', 3_600_000_000_000n],
  ['-5m', -300_000_000_000n],
  ['+5m', 300_000_000_000n],
  ['2562047h47m16.854775807s', 2n ** 63n - 1n],
])('%s is that many nanoseconds', (text, ns) => {
  expect(durationNs(text)).toBe(ns)
})

test.each([
  '',
  '5',
  '5 s',
  's',
  '.s',
  '1d',
  '1 week',
  '1h-5m',
  '2562047h47m16.854775808s',
  `${'1s'.repeat(99)}`,
])('%s is no duration', (text) => {
  expect(durationNs(text)).toBeUndefined()
})
