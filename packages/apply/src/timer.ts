import type { IO } from 'fp-ts/IO'

import type { Clock } from './clock'

/** One timer that can be set anew: at most one thing waits for it. */
export type Timer = {
  readonly set: (ms: number, run: IO<void>) => void
  readonly cancel: IO<void>
}

export const timer = (clock: Clock): Timer => {
  let cancel: IO<void> = () => undefined
  return {
    set: (ms, run) => {
      cancel()
      cancel = clock.after(ms, run)
    },
    cancel: () => cancel(),
  }
}
