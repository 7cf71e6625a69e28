import type { Clock } from '@image-registry-operator/apply'

/** A clock that stands still until it is advanced. */
export type FakeClock = Clock & {
  /** Lets that many milliseconds pass, and everything happen that falls into them. */
  readonly advance: (ms: number) => Promise<void>
}

type Timer = { readonly at: number; readonly callback: () => void }

/** Promises that are settled already run their continuations, several deep. */
const flush = async (): Promise<void> => {
  for (let i = 0; i < 60; i += 1) await Promise.resolve()
}

/** A fake clock that starts at 0. */
export const fakeClock = (): FakeClock => {
  let now = 0
  const timers = new Set<Timer>()
  const next = (until: number): Timer | undefined =>
    [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
  return {
    monotonicMs: () => now,
    wallMs: () => now,
    after: (ms, callback) => {
      const timer = { at: now + ms, callback }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    advance: async (ms) => {
      const until = now + ms
      await flush()
      for (let timer = next(until); timer !== undefined; timer = next(until)) {
        timers.delete(timer)
        now = timer.at
        timer.callback()
        await flush()
      }
      now = until
    },
  }
}
