import type { Storage } from '@image-registry-operator/render/model'
import type { TaskEither } from 'fp-ts/TaskEither'

/** What was seen of a storage location. */
export type StorageObservation =
  | { readonly _tag: 'Absent' }
  /** `proof` is what shows that this operator made it; without one it is somebody else's. */
  | { readonly _tag: 'Present'; readonly proof?: string }

/**
 * One kind of storage outside of Kubernetes.
 *
 * Guarantees: `observe` only reads. `ensure` twice is `ensure` once. `remove` removes nothing that
 * carries no proof of ours, may stop at any step, and goes on from there when called again.
 */
export type StorageDriver<StorageError> = {
  readonly observe: (storage: Storage) => TaskEither<StorageError, StorageObservation>
  readonly ensure: (storage: Storage) => TaskEither<StorageError, StorageObservation>
  readonly remove: (storage: Storage) => TaskEither<StorageError, StorageObservation>
}
