import { expect, it } from 'vitest'

import { retryAfterMs } from './retry-after'

it.each([
  [{ 'retry-after': '7' }, 7_000],
  [
    { 'retry-after': 'Sat, 21 Nov 2026 10:00:09 GMT', date: 'Sat, 21 Nov 2026 10:00:00 GMT' },
    9_000,
  ],
  [{ 'retry-after': 'Sat, 21 Nov 2026 10:00:00 GMT', date: 'Sat, 21 Nov 2026 10:00:09 GMT' }, 0],
  [{ 'retry-after': 'Sat, 21 Nov 2026 10:00:09 GMT' }, 1_000],
  [{ 'retry-after': 'soon' }, 1_000],
  [{}, 1_000],
])('the headers %j ask to wait %d ms', (headers, ms) => {
  expect(retryAfterMs(headers)).toBe(ms)
})
