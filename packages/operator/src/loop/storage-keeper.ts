import type { Clock, Observer, StorageErrand } from '@image-registry-operator/apply'
import {
  keyOf,
  type KubeObject,
  type ObjectRef,
  type StorageError,
  type StorageTrouble,
} from '@image-registry-operator/render/model'
import type { DriverFor, Seen } from '@image-registry-operator/storage-drivers'
import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'
import * as O from 'fp-ts/Option'

import type { Pass } from '../pipeline/pass'
import { resyncMs } from '../resync'
import { backoffMs } from './backoff'
import { storageAccess } from './storage-access'
import { AWAITED_STORAGE, KEYS_REF, seenKeys, seenStorage } from './storage-seen'
import {
  advisedMs,
  considered,
  ended,
  factsOf,
  isStillWanted,
  looked,
  looking,
  mayBegin,
  scopeOf,
  stepTroubles,
  type StorageState,
  verbOf,
  type Wanted,
  working,
} from './storage-state'

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

/** A look or an errand that failed is tried again after a second, two, … up to five minutes. */
const RETRY = { firstMs: 1_000, capMs: 300_000 }

/**
 * Looks at the storage outside of the cluster and does there what is planned, beside the loop: no pass waits for a cloud.
 *
 * Expected flow: a pass says which storage is wanted; it is looked at, and a pass follows that knows more; that pass plans
 * something, which is done, and then it is looked at again. While nothing changes, one cheap read every ten minutes.
 * Guarantees: one look and one errand at a time; an errand that is not wanted any more stops before its next change; what
 * comes of one for a former target, or after `stop`, is dropped. What failed is tried again after a second, two, … up to
 * five minutes, and not earlier than the service asks for.
 */
export const storageKeeper = (deps: StorageKeeperDeps): StorageKeeper => {
  let state: StorageState | undefined
  let cancelTimer: IO<void> = () => undefined
  let hasStopped = false

  /** Puts what is new in place of what was known, unless it is about a target of yesterday. */
  const settle = (
    digest: string,
    change: (before: StorageState) => StorageState,
  ): StorageState | undefined => {
    if (hasStopped || state?.digest !== digest) return undefined
    const before = state
    const after = change(before)
    state = after
    if (JSON.stringify(factsOf(before)) !== JSON.stringify(factsOf(after))) deps.onChange()
    return after
  }

  const retryMs = (troubles: ReadonlyArray<StorageTrouble>, failures: number): number =>
    Math.max(advisedMs(troubles), backoffMs(failures, deps.random(), RETRY))

  const scheduleLook = ({ lookTroubles, lookFailures, digest }: StorageState): void => {
    const isWell = lookTroubles.length === 0
    const ms = isWell ? resyncMs(deps.random()) : retryMs(lookTroubles, lookFailures)
    cancelTimer()
    cancelTimer = deps.clock.after(ms, () => look(digest, isWell ? 'glance' : 'whole'))
  }

  const settleLook = (digest: string, seen: E.Either<StorageError, Seen>): void => {
    const isOutdated = state?.digest === digest && state.isOutdated
    const after = settle(digest, (before) =>
      isOutdated ? { ...before, isLooking: false, isOutdated: false } : looked(before, seen),
    )
    if (after === undefined) return
    if (isOutdated) look(digest, 'whole')
    else scheduleLook(after)
  }

  const sawWhole = async (
    current: StorageState,
    how: 'whole' | 'glance',
  ): Promise<E.Either<StorageError, Seen>> => {
    const { target } = current.wanted
    const access = await storageAccess(deps, target, () => false)()
    if (E.isLeft(access)) return access
    const driver = await deps.driverFor(target.backend)()
    return driver.observe(access.right, scopeOf(current, how))()
  }

  const look = (digest: string, how: 'whole' | 'glance'): void => {
    if (hasStopped || state?.digest !== digest) return
    const current = state
    state = looking(current, how)
    if (!current.isLooking)
      void sawWhole(current, how).then((seen) => {
        settleLook(digest, seen)
      })
  }

  const settleErrand = (digest: string, troubles: ReadonlyArray<StorageTrouble>): void => {
    const after = settle(digest, (before) => ended(before, troubles))
    if (after?.rests === true) {
      deps.clock.after(retryMs(troubles, after.workFailures), () => {
        settle(digest, (before) => ({ ...before, rests: false }))
      })
    }
    look(digest, 'whole')
  }

  const performed = async (
    digest: string,
    errand: StorageErrand,
  ): Promise<ReadonlyArray<StorageTrouble>> => {
    const isWanted = (): boolean =>
      !hasStopped && deps.mayWrite() && state !== undefined && isStillWanted(state, errand)
    const access = await storageAccess(deps, errand.target, isWanted)()
    if (E.isLeft(access)) return [{ verb: verbOf(errand), error: access.left }]
    const driver = await deps.driverFor(errand.target.backend)()
    const onProgress = (step: string, removed: number) => () => {
      settle(digest, (before) => working(before, errand, step, removed))
    }
    if (errand._tag === 'EnsureStorage')
      return stepTroubles(await driver.ensure(access.right, errand.steps, onProgress)())
    const removed = await driver.remove(access.right, errand.parts, onProgress)()
    return E.isRight(removed) ? [] : [{ verb: 'remove', error: removed.left }]
  }

  const consider = (wanted: Wanted): void => {
    const before = state
    const after = considered(wanted, before)
    state = after
    if (after !== before) look(after.digest, 'whole')
  }

  return {
    seen: () => {
      const facts = state === undefined ? undefined : factsOf(state)
      return [facts === undefined ? AWAITED_STORAGE : seenStorage(facts)]
    },
    valuesOf: (ref) =>
      state !== undefined && keyOf(ref) === keyOf(KEYS_REF)
        ? O.some(seenKeys(state.keys))
        : deps.valuesOf(ref),
    consider: (wanted) => () => {
      if (hasStopped) return
      if (wanted !== undefined) {
        consider(wanted)
        return
      }
      cancelTimer()
      state = undefined
    },
    begin: (errand) => () => {
      if (hasStopped || state === undefined || !mayBegin(state, errand)) return
      const { digest } = state
      state = working(state, errand, '', 0)
      void performed(digest, errand).then((troubles) => {
        settleErrand(digest, troubles)
      })
    },
    stop: () => {
      hasStopped = true
      cancelTimer()
    },
  }
}
