import type { ObserveError } from '@image-registry-operator/apply'
import type { Snapshot } from '@image-registry-operator/render/model'
import type { ReaderTaskEither } from 'fp-ts/ReaderTaskEither'
import type { TaskEither } from 'fp-ts/TaskEither'

export type ObserveDeps = { readonly snapshot: TaskEither<ObserveError, Snapshot> }

/** What is known of the cluster now; from memory, without a request. */
export const observe: ReaderTaskEither<ObserveDeps, ObserveError, Snapshot> = ({ snapshot }) =>
  snapshot
