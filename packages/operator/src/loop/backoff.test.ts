import { expect, it } from 'vitest'

import { backoffMs } from './backoff'

it('doubles from 5 ms', () => {
  expect([1, 2, 3, 4].map((failures) => backoffMs(failures, 1))).toEqual([5, 10, 20, 40])
})

it('stays between half of the full wait and the cap, whatever happens', () => {
  for (const failures of [0, 1, 7, 20, 1000, 5000])
    for (const random of [0, 0.3, 1]) {
      const wait = backoffMs(failures, random)
      expect(wait).toBeGreaterThanOrEqual(2)
      expect(wait).toBeLessThanOrEqual(60_000)
    }
  expect(backoffMs(5000, 0)).toBe(30_000)
})
