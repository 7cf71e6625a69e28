import type { StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

/** Nothing where what was asked for is not there; the subscription itself has to be. */
export const orAbsent = <A>(
  request: TE.TaskEither<StorageError, A>,
): TE.TaskEither<StorageError, A | undefined> =>
  pipe(
    request,
    TE.orElse((error) =>
      error._tag === 'StorageNotFound'
        ? TE.right<StorageError, A | undefined>(undefined)
        : TE.left(error),
    ),
  )

/** That something is gone is what was wanted. */
export const orGone = (
  request: TE.TaskEither<StorageError, unknown>,
): TE.TaskEither<StorageError, void> =>
  pipe(
    orAbsent(request),
    TE.map(() => undefined),
  )
