import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'

/** Time and timers, so that tests can hold them still. */
export type Clock = {
  /** Milliseconds since some moment; never goes back. */
  readonly monotonicMs: IO<number>
  /** Milliseconds since 1970; may jump. */
  readonly wallMs: IO<number>
  /** Runs it once, after that many milliseconds; the result calls it off. */
  readonly after: (ms: number, run: IO<void>) => IO<void>
}

/** Ends after that many milliseconds. */
export const waiting =
  ({ after }: Pick<Clock, 'after'>) =>
  (ms: number): Task<void> =>
  () =>
    new Promise((resolve) => void after(ms, resolve))

/** The machine's own clock. */
export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
