import * as N from 'fp-ts/number'
import * as Ord from 'fp-ts/Ord'
import { pipe } from 'fp-ts/function'
import * as S from 'fp-ts/string'

import { type DeleteObject, keyOf, type ObjectRef, writtenKindOf } from '../model'

const rankOf = (ref: ObjectRef): number | undefined => writtenKindOf(ref)?.deletion?.rank

/** Whether an object goes with the registry. */
export const isDeletable = (ref: ObjectRef): boolean => rankOf(ref) !== undefined

/** The order of deletions; names decide within a kind. */
export const byDeletionOrder: Ord.Ord<DeleteObject> = Ord.getMonoid<DeleteObject>().concat(
  pipe(
    N.Ord,
    Ord.contramap(({ ref }: DeleteObject) => rankOf(ref) ?? Infinity),
  ),
  pipe(
    S.Ord,
    Ord.contramap(({ ref }: DeleteObject) => keyOf(ref)),
  ),
)
