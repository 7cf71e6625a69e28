import type {
  PartRemoval,
  StorageError,
  StorageSight,
  StorageStep,
  StorageTarget,
} from '@image-registry-operator/render/model'
import type { Either } from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'
import type { TaskEither } from 'fp-ts/TaskEither'

/** A storage, and what is needed to be let in. */
export type StorageAccess = {
  readonly target: StorageTarget
  /** The values of the target's credentials, by their names there. */
  readonly values: { readonly [name: string]: string }
  /** Whether what is being done is still wanted; asked before every change. Absent: it is. */
  readonly isWanted?: IO<boolean>
}

/** How much to look at. */
export type ObserveScope =
  /** `counts`: also how much is in it, which may take long. */
  | { readonly _tag: 'Everything'; readonly counts: boolean }
  /** One cheap read: with every turn another one, so that all have been made after some. The rest is as before. */
  | { readonly _tag: 'Glance'; readonly turn: number; readonly before: StorageSight }

/** What was seen. */
export type Seen = {
  readonly sight: StorageSight
  /** Secret values that the cloud has given, by name, e.g. a key of the account. */
  readonly keys: { readonly [name: string]: string }
}

export type StepOutcome = {
  readonly step: StorageStep
  readonly result: Either<StorageError, void>
}

/** Told of what is being done, with how many objects have been removed so far. */
export type OnProgress = (step: string, removedObjects: number) => IO<void>

/**
 * One kind of storage outside of Kubernetes.
 *
 * Guarantees: `observe` only reads. `ensure` twice is `ensure` once; it changes nothing that does not carry the marks of
 * the target, but for what it makes itself. `remove` removes nothing that does not carry the given marks at that moment,
 * may stop at any step, and goes on from there when called again. Both stop before the
 * next change when nobody wants them any more. Every call is bounded in time and in attempts.
 */
export type StorageDriver = {
  readonly observe: (access: StorageAccess, scope: ObserveScope) => TaskEither<StorageError, Seen>
  /** A step that fails does not keep the others from being tried, unless it was to create what they are about. */
  readonly ensure: (
    access: StorageAccess,
    steps: ReadonlyArray<StorageStep>,
    onProgress: OnProgress,
  ) => Task<ReadonlyArray<StepOutcome>>
  readonly remove: (
    access: StorageAccess,
    parts: ReadonlyArray<PartRemoval>,
    onProgress: OnProgress,
  ) => TaskEither<StorageError, void>
}
