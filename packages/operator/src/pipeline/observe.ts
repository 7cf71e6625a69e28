import type { ObserveError } from '@image-registry-operator/apply'
import type { KubeObject, Snapshot } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import type { ReaderTaskEither } from 'fp-ts/ReaderTaskEither'
import * as TE from 'fp-ts/TaskEither'

export type ObserveDeps = {
  readonly snapshot: TE.TaskEither<ObserveError, Snapshot>
  /** What has been seen outside of the cluster. */
  readonly seen: IO<ReadonlyArray<KubeObject>>
}

/** What is known of the cluster and around it now; from memory, without a request. */
export const observe: ReaderTaskEither<ObserveDeps, ObserveError, Snapshot> = ({
  snapshot,
  seen,
}) =>
  pipe(
    snapshot,
    TE.map((objects): Snapshot => [...objects, ...seen()]),
  )
