import type { IO } from 'fp-ts/IO'

import { factsOf, type StorageState } from './storage-state'

/** What is known of the storage that is wanted now. */
export type StorageMemory = {
  /** Undefined where no storage is wanted, and once nobody is to be asked any more. */
  readonly current: IO<StorageState | undefined>
  readonly replace: (state: StorageState | undefined) => IO<void>
  /** Puts what is new in place of what was known, unless it is about a storage of yesterday; gives what is known then. */
  readonly settle: (
    generation: number,
    change: (before: StorageState) => StorageState,
  ) => IO<StorageState | undefined>
  /** Nothing is known, or learnt, from now on. */
  readonly end: IO<void>
  readonly hasEnded: IO<boolean>
}

const told = (state: StorageState): string => JSON.stringify(factsOf(state))

/** A memory that says when something else is to be told. */
export const storageMemory = (onChange: IO<void>): StorageMemory => {
  let state: StorageState | undefined
  let hasEnded = false
  const current = (): StorageState | undefined => (hasEnded ? undefined : state)
  return {
    current,
    replace: (next) => () => {
      state = next
    },
    settle: (generation, change) => () => {
      const before = current()
      if (before?.generation !== generation) return undefined
      const after = change(before)
      state = after
      if (told(before) !== told(after)) onChange()
      return after
    },
    end: () => {
      hasEnded = true
    },
    hasEnded: () => hasEnded,
  }
}
