import type { Clock } from '@image-registry-operator/apply'
import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'

import { RESYNC_MS, resyncMs } from '../resync'
import { backoffMs } from './backoff'

/** What a pass asks of the loop. */
export type PassVerdict = {
  /** Something failed that may succeed when tried again; with a number, not earlier than that. */
  readonly retry?: 'soon' | { readonly afterMs: number }
  /** Look again after that long although nothing changes. */
  readonly requeueAfterMs?: number
}

export type LoopDeps = {
  /** One look at the world and everything that follows from it. It may reject: that is a defect, and is survived. */
  readonly pass: Task<PassVerdict>
  /** Whether a pass may start now; false while the lease is in doubt. */
  readonly mayRun: IO<boolean>
  /** Told of a pass that rejected. */
  readonly onUnexpected: (cause: unknown) => IO<void>
  readonly clock: Pick<Clock, 'monotonicMs' | 'after'>
  /** Between 0 and 1, for jitter. */
  readonly random: IO<number>
}

export type Loop = {
  /** Something changed. Cheap, and may be called at any time. */
  readonly trigger: IO<void>
  /** No pass starts any more; ends when the running one has. */
  readonly stop: Task<void>
}

/** A burst of changes is one pass: it starts when that long nothing more came in, … */
const QUIET_MS = 50
/** … but never later than this after the first change, so that drift is put back within a second. */
const LONGEST_WAIT_MS = 200
/** While failures are backed off, changes start a pass at most this often: no storm of retries. */
const BACKOFF_FLOOR_MS = 500
/** How often to ask whether the lease is ours again. */
const LEASE_CHECK_MS = 1_000

/**
 * The level-triggered loop with one key.
 *
 * Guarantees: passes never overlap; a change during a pass leads to another one; no change is lost; a pass
 * that rejects is reported and backed off like a failure; a pass is made ten minutes after the last one at the latest.
 */
export const runLoop = (deps: LoopDeps): Loop => {
  const { clock } = deps
  let firstChangeAt: number | undefined
  let lastChangeAt = 0
  let changesNotBefore = 0
  let timedAt = clock.monotonicMs()
  let failures = 0
  let cancelTimer: IO<void> = () => undefined
  let running: Promise<void> | undefined
  let stopped = false

  const dueAt = (): number => {
    if (firstChangeAt === undefined) return timedAt
    const settled = Math.min(firstChangeAt + LONGEST_WAIT_MS, lastChangeAt + QUIET_MS)
    return Math.min(timedAt, Math.max(settled, changesNotBefore))
  }

  const schedule = (): void => {
    cancelTimer()
    if (running !== undefined || stopped) return
    cancelTimer = clock.after(Math.max(0, dueAt() - clock.monotonicMs()), fire)
  }

  const settle = ({ retry, requeueAfterMs = RESYNC_MS }: PassVerdict): void => {
    const now = clock.monotonicMs()
    failures = retry === undefined ? 0 : failures + 1
    const asked = typeof retry === 'object' ? retry.afterMs : 0
    const backedOff = retry === undefined ? 0 : Math.max(asked, backoffMs(failures, deps.random()))
    const resync = resyncMs(deps.random())
    timedAt = now + (retry === undefined ? Math.min(requeueAfterMs, resync) : backedOff)
    changesNotBefore = now + Math.max(asked, Math.min(backedOff, BACKOFF_FLOOR_MS))
  }

  const pass = async (): Promise<void> => {
    firstChangeAt = undefined
    try {
      settle(await deps.pass())
    } catch (cause) {
      deps.onUnexpected(cause)()
      settle({ retry: 'soon' })
    }
    running = undefined
    schedule()
  }

  const fire = (): void => {
    if (stopped) return
    if (deps.mayRun()) {
      running = pass()
    } else {
      cancelTimer = clock.after(LEASE_CHECK_MS, fire)
    }
  }

  schedule()
  return {
    trigger: () => {
      lastChangeAt = clock.monotonicMs()
      firstChangeAt = firstChangeAt ?? lastChangeAt
      schedule()
    },
    stop: async () => {
      stopped = true
      cancelTimer()
      await running
    },
  }
}
