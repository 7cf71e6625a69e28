import type { Clock, StorageErrand } from '@image-registry-operator/apply'
import type { StorageTrouble } from '@image-registry-operator/render/model'
import type { IO } from 'fp-ts/IO'

import { doErrand } from './storage-errand'
import type { StorageLookDeps } from './storage-look'
import type { LookSchedule } from './storage-look-schedule'
import type { StorageMemory } from './storage-memory'
import { retryMs } from './storage-retry'
import { ended, isStillWanted, mayBegin, type StorageState, working } from './storage-state'

export type StorageWorkDeps = StorageLookDeps & {
  readonly clock: Pick<Clock, 'after'>
  readonly random: IO<number>
  readonly mayWrite: IO<boolean>
  readonly onChange: IO<void>
  readonly lookNow: LookSchedule['lookNow']
}

/** What is done to the storage. */
export type StorageWork = {
  /** Has it done; nothing while something is under way, or has just failed. */
  readonly begin: (errand: StorageErrand) => IO<void>
  /** What rests is not waited for any more. */
  readonly cancel: IO<void>
}

/** One errand at a time, whatever storage it is about; after one that failed there is a rest. */
export const storageWork = (deps: StorageWorkDeps, memory: StorageMemory): StorageWork => {
  let cancel: IO<void> = () => undefined
  let isBusy = false

  const rest = ({ generation, workTroubles, workFailures }: StorageState): void => {
    cancel()
    cancel = deps.clock.after(retryMs(workTroubles, workFailures, deps.random()), () => {
      memory.settle(generation, (before) => ({ ...before, rests: false }))()
    })
  }

  const settleErrand = (generation: number, troubles: ReadonlyArray<StorageTrouble>): void => {
    isBusy = false
    const after = memory.settle(generation, (before) => ended(before, troubles))()
    if (after?.rests === true) rest(after)
    // What is wanted now may have had to wait for what was wanted before.
    if (after === undefined && !memory.hasEnded()) deps.onChange()
    deps.lookNow(generation)()
  }

  const start = (errand: StorageErrand, generation: number): void => {
    const isWanted = (): boolean => {
      const current = memory.current()
      return deps.mayWrite() && current?.generation === generation && isStillWanted(current, errand)
    }
    const onProgress = (step: string, removed: number) => () => {
      memory.settle(generation, (before) => working(before, errand, step, removed))()
    }
    isBusy = true
    void doErrand({ ...deps, isWanted, onProgress }, errand)().then((troubles) => {
      // What was left undone because nobody wants it any more has not failed.
      settleErrand(generation, isWanted() ? troubles : [])
    })
  }

  return {
    begin: (errand) => () => {
      const current = memory.current()
      if (current === undefined) return
      const mayStart = !isBusy && mayBegin(current, errand)
      const asked = { ...current, wasAsked: true }
      memory.replace(mayStart ? working(asked, errand, '', 0) : asked)()
      if (mayStart) start(errand, current.generation)
    },
    cancel: () => cancel(),
  }
}
