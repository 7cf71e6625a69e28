import type { StorageError } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'
import type { TaskEither } from 'fp-ts/TaskEither'

import type { Session } from './session'

/** A session that holds as long as it may. */
export type Sessions = {
  /** The one there is, else a new one. */
  readonly current: TaskEither<StorageError, Session>
  /** Another one than that, which is not let in any more. */
  readonly renewed: (old: Session) => TaskEither<StorageError, Session>
  /** Has the next one be new: what it leads to may have moved. */
  readonly forget: IO<void>
}

type Kept = {
  readonly key: string
  readonly session: Promise<E.Either<StorageError, Session>>
}

/** The sessions of a login, by what it sends. */
export type SessionKeeper = (
  key: string,
  authenticate: TaskEither<StorageError, Session>,
) => Sessions

/**
 * Keeps the last session in memory, for whoever asks with the same login: a token holds for hours, and Keystone
 * remembers each.
 *
 * Guarantees: however many ask at once, there is one login at a time.
 */
export const sessionKeeper = (): SessionKeeper => {
  let kept: Kept | undefined
  return (key, authenticate) => {
    const begun = (): Kept['session'] => {
      const session = authenticate()
      kept = { key, session }
      return session
    }
    const another = async (
      isGood: (session: Session) => boolean,
    ): Promise<E.Either<StorageError, Session>> => {
      const before = kept
      if (before?.key !== key) return begun()
      const result = await before.session
      if (E.isRight(result) && isGood(result.right)) return result
      // Somebody else may have begun while we waited.
      return kept === before ? begun() : another(isGood)
    }
    return {
      current: () => another(() => true),
      renewed: (old) => () => another((session) => session !== old),
      forget: () => {
        if (kept?.key === key) kept = undefined
      },
    }
  }
}
