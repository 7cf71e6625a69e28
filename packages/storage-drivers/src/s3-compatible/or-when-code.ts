import type { StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

/** A value in place of a failure with one of these codes: what S3 answers when something has never been set. */
export const orWhenCode =
  <A>(codes: ReadonlyArray<string>, value: A) =>
  <B>(task: TE.TaskEither<StorageError, B>): TE.TaskEither<StorageError, A | B> =>
    pipe(
      task,
      TE.map((found): A | B => found),
      TE.orElse((error): TE.TaskEither<StorageError, A | B> =>
        codes.includes(error.code) ? TE.right(value) : TE.left(error),
      ),
    )
