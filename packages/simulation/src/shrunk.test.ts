import { expect, it } from 'vitest'

import { shrunk } from './shrunk'

const LONG = Array.from({ length: 200 }, (_, index) => (index * 7) % 13)

it.each([
  ['one of them is at fault', (taken: ReadonlyArray<number>) => (taken[100] ?? 0) >= 4],
  [
    'two of them are',
    (taken: ReadonlyArray<number>) => (taken[20] ?? 0) >= 3 && (taken[101] ?? 0) >= 2,
  ],
])('choices of which %s become the plainest ones that still are', async (_, isFailing) => {
  expect(isFailing(LONG)).toBe(true)
  const best = await shrunk(LONG, async (taken) => isFailing(taken), 500)
  expect(isFailing(best)).toBe(true)
  expect(best.every((choice) => choice <= 4)).toBe(true)
  expect(best.filter((choice) => choice > 0).length).toBeLessThanOrEqual(2)
})

it('choices are not tried more often than asked for', async () => {
  let tried = 0
  const best = await shrunk(
    LONG,
    async () => {
      tried += 1
      return false
    },
    9,
  )
  expect(tried).toBe(9)
  expect(best.length).toBeGreaterThan(190)
})
