import type { Clock } from '@image-registry-operator/apply'
import type { StorageError } from '@image-registry-operator/render/model'
import type { Seen } from '@image-registry-operator/storage-drivers'
import type * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'

import { resyncMs } from '../../resync'
import { lookAt, type StorageLookDeps } from './storage-look'
import type { StorageMemory } from './storage-memory'
import { retryMs } from './storage-retry'
import { looked, looking, missed, scopeOf, type StorageState } from './storage-state'

export type LookScheduleDeps = StorageLookDeps & {
  readonly clock: Pick<Clock, 'after'>
  readonly random: IO<number>
}

/** When the storage is looked at. */
export type LookSchedule = {
  /** Now, unless somebody looks already: then once more after that. */
  readonly lookNow: (generation: number) => IO<void>
  /** No later look is waited for. */
  readonly cancel: IO<void>
}

/** Has the storage looked at as a whole when that is asked for or has failed, and with a glance from time to time. */
export const lookSchedule = (deps: LookScheduleDeps, memory: StorageMemory): LookSchedule => {
  let cancel: IO<void> = () => undefined

  const schedule = (after: StorageState): void => {
    const troubles = missed(after)
    const isWell = troubles.length === 0
    const random = deps.random()
    const ms = isWell ? resyncMs(random) : retryMs(troubles, after.lookFailures, random)
    cancel()
    cancel = deps.clock.after(ms, () => look(after.generation, isWell ? 'glance' : 'whole'))
  }

  const settleLook = (generation: number, seen: E.Either<StorageError, Seen>): void => {
    let isOutdated = false
    const after = memory.settle(generation, (before) => {
      isOutdated = before.isOutdated
      return isOutdated ? { ...before, isLooking: false, isOutdated: false } : looked(before, seen)
    })()
    if (after === undefined) return
    if (isOutdated) look(generation, 'whole')
    else schedule(after)
  }

  const look = (generation: number, how: 'whole' | 'glance'): void => {
    const current = memory.current()
    if (current?.generation !== generation) return
    memory.replace(looking(current, how))()
    if (current.isLooking) return
    const { target } = current.wanted
    void lookAt(deps, target, scopeOf(current, how))().then((seen) => settleLook(generation, seen))
  }

  return {
    lookNow: (generation) => () => look(generation, 'whole'),
    cancel: () => cancel(),
  }
}
