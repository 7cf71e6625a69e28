import { expect, it } from 'vitest'

import { isOver, madeAgain, type Dispute } from './dispute'

/** The waits after each of that many corrections, when each is undone `undoneAfterMs` after it was made. */
const waits = (count: number, undoneAfterMs: number): ReadonlyArray<number> => {
  let now = 0
  let dispute: Dispute | undefined
  return Array.from({ length: count }, () => {
    dispute = madeAgain(dispute, now)
    const wait = dispute.heldUntil - now
    now = Math.max(dispute.heldUntil, now + undoneAfterMs)
    return wait
  })
}

it('lets ten corrections within a minute pass at once', () => {
  expect(waits(10, 50)).toEqual(new Array(10).fill(0))
})

it('then waits for 1 s, 2 s, 4 s, up to a minute', () => {
  const seconds = waits(19, 50).map((ms) => ms / 1000)
  expect(seconds.slice(10)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60])
})

it('never waits for what is undone no oftener than every ten seconds', () => {
  expect(waits(100, 10_000)).toEqual(new Array(100).fill(0))
})

it('begins anew when nobody went on for a minute', () => {
  const dispute = { madeAt: [0], rounds: 9, heldUntil: 60_000 }
  expect(isOver(dispute, 120_000)).toBe(false)
  expect(madeAgain(dispute, 120_000).rounds).toBe(10)
  expect(isOver(dispute, 120_001)).toBe(true)
  expect(madeAgain(dispute, 120_001)).toEqual({ madeAt: [120_001], rounds: 0, heldUntil: 120_001 })
})
