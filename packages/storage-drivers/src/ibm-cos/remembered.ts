import type { StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import * as TE from 'fp-ts/TaskEither'

/** Something that is looked for, and what was found. */
export type Remembered<A> = {
  /** Looks. */
  readonly now: TE.TaskEither<StorageError, O.Option<A>>
  /** What was found last; looks when that was nothing. */
  readonly last: TE.TaskEither<StorageError, O.Option<A>>
}

/** Keeps what a look finds for those who need it to ask for something else. */
export const remembered = <A>(look: TE.TaskEither<StorageError, O.Option<A>>): Remembered<A> => {
  let found: O.Option<A> = O.none
  const now = pipe(
    look,
    TE.tapIO((seen) => () => {
      found = seen
    }),
  )
  return {
    now,
    last: () => (O.isSome(found) ? TE.right<StorageError, O.Option<A>>(found) : now)(),
  }
}
