import type { Clock, Observer, StorageErrand } from '@image-registry-operator/apply'
import { keyOf, type KubeObject, type ObjectRef } from '@image-registry-operator/render/model'
import type { DriverFor } from '@image-registry-operator/storage-drivers'
import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'
import * as O from 'fp-ts/Option'

import type { Pass } from '../../pipeline/pass'
import { lookSchedule } from './storage-look-schedule'
import { storageMemory } from './storage-memory'
import { AWAITED_STORAGE, KEYS_REF, seenKeys, seenStorage } from './storage-seen'
import { considered, factsOf, passEnded, type StorageState, type Wanted } from './storage-state'
import { storageWork } from './storage-work'

export type StorageKeeperDeps = {
  readonly driverFor: DriverFor
  readonly valuesOf: Observer['valuesOf']
  readonly clock: Pick<Clock, 'after'>
  /** Between 0 and 1, for jitter. */
  readonly random: IO<number>
  /** Whether this process still leads; asked before every change. */
  readonly mayWrite: IO<boolean>
  /** More is known than before, or something else; or it is time to try something again. */
  readonly onChange: IO<void>
}

/** The storage that a pass is about. */
export const wantedStorage = ({
  storage,
  observation: { config },
}: Pick<Pass, 'storage' | 'observation'>): Wanted | undefined =>
  storage === undefined
    ? undefined
    : {
        target: storage,
        isGoing: E.isRight(config) && config.right.managementState === 'Removed',
      }

/** What is known of the storage outside of the cluster, and what is done there. */
export type StorageKeeper = {
  /** What is known, in the form that decoding expects. */
  readonly seen: IO<ReadonlyArray<KubeObject>>
  /** The secret values of an object; those that the cloud has given count as one. */
  readonly valuesOf: (ref: ObjectRef) => O.Option<KubeObject>
  /** Has the storage looked at, if it has not been, and again from time to time. */
  readonly consider: (wanted: Wanted | undefined) => IO<void>
  /** Has something done there; nothing while something is under way, or has just failed. */
  readonly begin: (errand: StorageErrand) => IO<void>
  /** Nobody is asked any more, and no answer counts. */
  readonly stop: IO<void>
}

/**
 * Looks at the storage outside of the cluster and does there what is planned, beside the loop: no pass waits for a cloud.
 *
 * Expected flow: a pass says which storage is wanted; it is looked at, and a pass follows that knows more; that pass plans
 * something, which is done, and then it is looked at again. While nothing changes, one cheap read every ten minutes.
 * Guarantees: one look at a target and one errand at a time; an errand that is not wanted any more stops before its next
 * change, and has not failed; what comes of one for a former target, or after `stop`, is dropped. What failed is tried again
 * after a second, two, … up to five minutes, and not earlier than the service asks for; so is what ends in a defect.
 */
export const storageKeeper = (deps: StorageKeeperDeps): StorageKeeper => {
  const memory = storageMemory(deps.onChange)
  const looks = lookSchedule(deps, memory)
  const work = storageWork({ ...deps, lookNow: looks.lookNow }, memory)
  let generations = 0

  const passed = ({ generation }: StorageState): void => {
    const after = memory.settle(generation, passEnded)()
    // The second pass that has nothing to do settles it.
    if (after?.idlePasses === 1) deps.onChange()
  }

  const consider = (wanted: Wanted): void => {
    const before = memory.current()
    const after = considered(wanted, before, generations + 1)
    if (after === before) {
      passed(after)
      return
    }
    generations = after.generation
    memory.replace(after)()
    looks.lookNow(after.generation)()
  }

  const rest = (): void => {
    looks.cancel()
    work.cancel()
  }

  return {
    seen: () => {
      const state = memory.current()
      const facts = state === undefined ? undefined : factsOf(state)
      return [facts === undefined ? AWAITED_STORAGE : seenStorage(facts)]
    },
    valuesOf: (ref) => {
      const state = memory.current()
      return state !== undefined && keyOf(ref) === keyOf(KEYS_REF)
        ? O.some(seenKeys(state.keys))
        : deps.valuesOf(ref)
    },
    consider: (wanted) => () => {
      if (memory.hasEnded()) return
      if (wanted !== undefined) {
        consider(wanted)
        return
      }
      rest()
      memory.replace(undefined)()
    },
    begin: work.begin,
    stop: () => {
      memory.end()
      rest()
    },
  }
}
