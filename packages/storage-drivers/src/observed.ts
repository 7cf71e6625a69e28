import type {
  PartKind,
  PartSight,
  StorageError,
  StorageSight,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as T from 'fp-ts/Task'

import type { Backend, PartDriver, PartFound, PartRead } from './backend'
import { afterFirstRead, afterFurtherRead, type PartSeen, withPart } from './sights'
import type { ObserveScope, Seen } from './storage-driver'

type Found = T.Task<E.Either<StorageError, PartFound>>

/** Of the many machines of a service one may lag: that something is not there counts when it has been said twice. */
const surely = (read: Found): Found =>
  pipe(
    read,
    T.flatMap((found) => (E.isRight(found) && found.right._tag === 'Absent' ? read : T.of(found))),
  )

/** Everything of one part, read now. */
export const seenPart = ({ reads: [first, ...further] }: PartDriver): T.Task<PartSeen> =>
  pipe(
    first.read,
    T.map((found) => afterFirstRead(undefined, found)),
    T.flatMap((start) => further.reduce(withFurther, T.of(start))),
  )

/** The same, where much depends on whether it is there. */
const surelySeenPart = (part: PartDriver): T.Task<PartSeen> => {
  const { reads } = part
  const [{ tells, read }, ...further] = reads
  return seenPart({ ...part, reads: [{ tells, read: surely(read) }, ...further] })
}

const withFurther = (seen: T.Task<PartSeen>, { tells, read }: PartRead): T.Task<PartSeen> =>
  pipe(
    seen,
    T.flatMap((known) =>
      known.sight._tag === 'Present'
        ? pipe(
            read,
            T.map((found) => afterFurtherRead(known.sight, tells, found)),
            T.map(({ sight, keys }) => ({ sight, keys: { ...known.keys, ...keys } })),
          )
        : T.of(known),
    ),
  )

const EMPTY: Seen = { sight: { parts: {} }, keys: {} }

const withSeen = (seen: Seen, kind: PartKind, { sight, keys }: PartSeen): Seen => ({
  sight: { ...seen.sight, parts: withPart(seen.sight.parts, kind, sight) },
  keys: { ...seen.keys, ...keys },
})

/** A storage as its backend shows it. */
export const observed = (backend: Backend, scope: ObserveScope): T.Task<Seen> =>
  scope._tag === 'Glance'
    ? glance(backend, scope.turn, scope.before)
    : pipe(
        // Who has to go is counted, and forgotten once it is not there.
        everything(backend, scope.counts ? surelySeenPart : seenPart),
        T.flatMap((seen) => (scope.counts ? counted(backend, seen) : T.of(seen))),
      )

const everything = ({ parts }: Backend, see: typeof seenPart): T.Task<Seen> =>
  parts.reduce(
    (task, part) =>
      pipe(
        task,
        T.flatMap((seen) =>
          pipe(
            see(part),
            T.map((found) => withSeen(seen, part.kind, found)),
          ),
        ),
      ),
    T.of(EMPTY),
  )

const isPresent = ({ sight }: Seen, kind: PartKind): boolean =>
  sight.parts[kind]?._tag === 'Present'

/** What could not be counted is left out. */
const counted = ({ parts }: Backend, seen: Seen): T.Task<Seen> => {
  const full = parts.find(({ kind, contents }) => contents !== undefined && isPresent(seen, kind))
  return full?.contents === undefined
    ? T.of(seen)
    : pipe(
        full.contents,
        T.map((contents) =>
          E.isLeft(contents)
            ? seen
            : { ...seen, sight: { ...seen.sight, contents: contents.right } },
        ),
      )
}

type Look = { readonly part: PartDriver; readonly read: PartRead; readonly isFirst: boolean }

const looks = ({ parts }: Backend): ReadonlyArray<Look> =>
  parts.flatMap((part) =>
    part.reads.map((read, index): Look => ({ part, read, isFirst: index === 0 })),
  )

/** One read. A part that was not there, or not seen, is looked at whole: it matters most. */
const glance = (backend: Backend, turn: number, before: StorageSight): T.Task<Seen> => {
  const all = looks(backend)
  const look = all[turn % Math.max(1, all.length)]
  return look === undefined
    ? T.of({ sight: before, keys: {} })
    : pipe(
        glanced(look, before.parts[look.part.kind]),
        T.map((found) => withSeen({ sight: before, keys: {} }, look.part.kind, found)),
      )
}

const glanced = (
  { part, read, isFirst }: Look,
  before: PartSight | undefined,
): T.Task<PartSeen> => {
  if (before?._tag !== 'Present') return seenPart(part)
  return pipe(
    isFirst ? surely(read.read) : read.read,
    T.flatMap((found) => {
      if (isFirst) return T.of(afterFirstRead(before, found))
      // Something is not as it was: whether all of it has gone only the first read tells.
      return E.isLeft(found) && found.left._tag === 'StorageNotFound'
        ? seenPart(part)
        : T.of(afterFurtherRead(before, read.tells, found))
    }),
  )
}
