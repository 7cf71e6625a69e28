import { describe, expect, it } from 'vitest'

import { fakeClock } from '../testing/fake-clock'
import { runLoop, type LoopDeps, type PassVerdict } from './run-loop'

/** A loop on a fake clock that records when passes start; `verdict` says how each one ends. */
const recordedLoop = (verdict: (pass: number) => PassVerdict | Promise<PassVerdict>) => {
  const clock = fakeClock()
  const startedAt: number[] = []
  const unexpected: unknown[] = []
  let mayRun = true
  const deps: LoopDeps = {
    clock,
    random: () => 1,
    mayRun: () => mayRun,
    onUnexpected: (cause) => () => void unexpected.push(cause),
    pass: async () => {
      startedAt.push(clock.monotonicMs())
      return verdict(startedAt.length)
    },
  }
  const allow = (allowed: boolean) => void (mayRun = allowed)
  return { loop: runLoop(deps), clock, startedAt, unexpected, allow }
}

const fine = (): PassVerdict => ({})
const never = () => new Promise<PassVerdict>(() => undefined)

describe('the loop', () => {
  it('makes its first pass without being asked', async () => {
    const { clock, startedAt } = recordedLoop(fine)
    await clock.advance(0)
    expect(startedAt).toEqual([0])
  })

  it('makes one pass of a burst of changes, once it is quiet', async () => {
    const { loop, clock, startedAt } = recordedLoop(fine)
    await clock.advance(1000)
    loop.trigger()
    await clock.advance(30)
    loop.trigger()
    await clock.advance(30)
    loop.trigger()
    await clock.advance(1000)
    expect(startedAt).toEqual([0, 1110])
  })

  it('does not wait longer than 200 ms for a burst to end', async () => {
    const { loop, clock, startedAt } = recordedLoop(fine)
    await clock.advance(1000)
    for (let i = 0; i < 10; i += 1) {
      loop.trigger()
      await clock.advance(30)
    }
    expect(startedAt[1]).toBe(1200)
  })

  it('never lets two passes overlap, and makes another one for a change during a pass', async () => {
    let end: (verdict: PassVerdict) => void = () => undefined
    const slow = new Promise<PassVerdict>((resolve) => (end = resolve))
    const { loop, clock, startedAt } = recordedLoop((n) => (n === 1 ? slow : {}))
    await clock.advance(0)
    loop.trigger()
    await clock.advance(5000)
    expect(startedAt).toEqual([0])
    end({})
    await clock.advance(50)
    expect(startedAt).toEqual([0, 5000])
  })

  it('tries failures again with doubling waits, and starts over after a success', async () => {
    const { loop, clock, startedAt } = recordedLoop((n) => (n === 5 ? {} : { retry: 'soon' }))
    await clock.advance(100)
    expect(startedAt).toEqual([0, 5, 15, 35, 75])
    await clock.advance(900)
    loop.trigger()
    await clock.advance(56)
    expect(startedAt.slice(5)).toEqual([1050, 1055])
  })

  it('does not let the waits grow beyond a minute', async () => {
    const { clock, startedAt } = recordedLoop(() => ({ retry: 'soon' }))
    await clock.advance(3_600_000)
    const waits = startedAt.slice(1).map((at, i) => at - (startedAt[i] ?? 0))
    expect(Math.max(...waits)).toBe(60_000)
    expect(startedAt.length).toBeLessThan(80)
  })

  it('does not let changes turn a back-off into a storm', async () => {
    const { loop, clock, startedAt } = recordedLoop(() => ({ retry: 'soon' }))
    await clock.advance(10_000)
    const before = startedAt.length
    for (let i = 0; i < 100; i += 1) {
      loop.trigger()
      await clock.advance(100)
    }
    expect(startedAt.length - before).toBeLessThanOrEqual(21)
    expect(startedAt.length - before).toBeGreaterThan(10)
  })

  it('honours Retry-After even when something changes', async () => {
    const { loop, clock, startedAt } = recordedLoop((n) =>
      n === 1 ? { retry: { afterMs: 7000 } } : {},
    )
    await clock.advance(1000)
    loop.trigger()
    await clock.advance(5999)
    expect(startedAt).toEqual([0])
    await clock.advance(1)
    expect(startedAt).toEqual([0, 7000])
  })

  it('waits for a change when a failure is not worth trying again', async () => {
    const { loop, clock, startedAt } = recordedLoop(fine)
    await clock.advance(500_000)
    expect(startedAt).toEqual([0])
    loop.trigger()
    await clock.advance(50)
    expect(startedAt).toEqual([0, 500_050])
  })

  it('looks again when a pass asks for it', async () => {
    const { clock, startedAt } = recordedLoop((n) => (n === 1 ? { requeueAfterMs: 30_000 } : {}))
    await clock.advance(40_000)
    expect(startedAt).toEqual([0, 30_000])
  })

  it('looks again every ten minutes although nothing happens', async () => {
    const { clock, startedAt } = recordedLoop(fine)
    await clock.advance(1_800_000)
    expect(startedAt).toEqual([0, 600_000, 1_200_000, 1_800_000])
  })

  it('survives a pass that throws, reports it and backs off', async () => {
    const { clock, startedAt, unexpected } = recordedLoop((n) =>
      n <= 2 ? Promise.reject(new Error('defect')) : {},
    )
    await clock.advance(100)
    expect(startedAt).toEqual([0, 5, 15])
    expect(unexpected).toHaveLength(2)
  })

  it('makes no pass while it does not hold the lease', async () => {
    const { loop, clock, startedAt, allow } = recordedLoop(fine)
    allow(false)
    loop.trigger()
    await clock.advance(60_000)
    expect(startedAt).toEqual([])
    allow(true)
    await clock.advance(1000)
    expect(startedAt).toHaveLength(1)
  })

  it('starts no pass after it was stopped, and waits for the one that runs', async () => {
    let end: (verdict: PassVerdict) => void = () => undefined
    const slow = new Promise<PassVerdict>((resolve) => (end = resolve))
    const { loop, clock, startedAt } = recordedLoop((n) => (n === 1 ? slow : never()))
    await clock.advance(0)
    let stopped = false
    const stopping = loop.stop().then(() => (stopped = true))
    loop.trigger()
    await clock.advance(1000)
    expect(stopped).toBe(false)
    end({ retry: 'soon' })
    await stopping
    await clock.advance(1_000_000)
    expect(startedAt).toEqual([0])
  })
})
