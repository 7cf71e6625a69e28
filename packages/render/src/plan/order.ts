import * as N from 'fp-ts/number'
import * as Ord from 'fp-ts/Ord'
import { pipe } from 'fp-ts/function'
import * as S from 'fp-ts/string'

import { type DeleteObject, keyOf, WRITTEN_KINDS } from '../model'

const rankOf = (kind: string): number | undefined =>
  WRITTEN_KINDS.find((written) => written.kind === kind)?.deletion.rank

/** Whether objects of that kind may be deleted. */
export const isDeletable = (kind: string): boolean => rankOf(kind) !== undefined

/** The order of deletions; names decide within a kind. */
export const byDeletionOrder: Ord.Ord<DeleteObject> = Ord.getMonoid<DeleteObject>().concat(
  pipe(
    N.Ord,
    Ord.contramap(({ ref }: DeleteObject) => rankOf(ref.kind) ?? Infinity),
  ),
  pipe(
    S.Ord,
    Ord.contramap(({ ref }: DeleteObject) => keyOf(ref)),
  ),
)
