import type { Clock } from '../clock'

/** A clock that stands still until it is told to go on. */
export type ManualClock = Clock & {
  /** Lets that much time pass; timers that are due run in their order, at their time. */
  readonly pass: (ms: number) => void
  /** As `pass`, but lets promises and sockets have their turn after every timer. */
  readonly passSlowly: (ms: number) => Promise<void>
  /** Time passes, and no timer runs until the next `pass`: the process was frozen. */
  readonly freeze: (ms: number) => void
}

type Timer = { readonly at: number; readonly run: () => void }

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export const manualClock = (startMs = 1_700_000_000_000): ManualClock => {
  let now = 0
  const timers = new Set<Timer>()

  const nextDue = (until: number): Timer | undefined =>
    [...timers].filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)[0]

  const runNext = (until: number): boolean => {
    const due = nextDue(until)
    if (due === undefined) return false
    timers.delete(due)
    now = Math.max(now, due.at)
    due.run()
    return true
  }

  return {
    monotonicMs: () => now,
    wallMs: () => startMs + now,
    after: (ms, run) => {
      const timer = { at: now + ms, run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    pass: (ms) => {
      const until = now + ms
      while (runNext(until));
      now = until
    },
    passSlowly: async (ms) => {
      const until = now + ms
      while (runNext(until)) await turn()
      now = until
      await turn()
    },
    freeze: (ms) => {
      now += ms
    },
  }
}
