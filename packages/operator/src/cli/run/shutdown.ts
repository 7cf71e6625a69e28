import type { IO } from 'fp-ts/IO'

import type { Clock } from '@image-registry-operator/apply'

/** Why the process is to end, and with which exit code. */
export type Ending = { readonly because: string; readonly code: 0 | 1 }

export type Signals = {
  /** Calls back at every SIGTERM and SIGINT. */
  readonly onSignal: (callback: (name: string) => void) => void
}

/** The signals of this process. */
export const processSignals: Signals = {
  onSignal: (callback) => {
    process.on('SIGTERM', callback)
    process.on('SIGINT', callback)
  },
}

/** A process that is told to stop has that long to do it. */
const STOP_WITHIN_MS = 10_000

export type Shutdown = {
  /** Resolves once, when the process is to end. */
  readonly ending: Promise<Ending>
  /** Ends the process for a reason of its own. */
  readonly end: (ending: Ending) => IO<void>
  /** Resolves with 1 when stopping takes too long, or a second signal comes. */
  readonly impatience: () => Promise<1>
}

/** Listens for the first reason to end, and for what makes ending urgent. */
export const shutdown = (signals: Signals, clock: Pick<Clock, 'after'>): Shutdown => {
  let decide: (ending: Ending) => void = () => undefined
  let hurry: (code: 1) => void = () => undefined
  let count = 0
  const ending = new Promise<Ending>((resolve) => (decide = resolve))
  const urgent = new Promise<1>((resolve) => (hurry = resolve))
  signals.onSignal((name) => {
    count += 1
    if (count === 1) decide({ because: name, code: 0 })
    else hurry(1)
  })
  return {
    ending,
    end: (reason) => () => decide(reason),
    impatience: () => {
      void clock.after(STOP_WITHIN_MS, () => hurry(1))
      return urgent
    },
  }
}
