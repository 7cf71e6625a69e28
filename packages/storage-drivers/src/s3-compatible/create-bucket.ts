import type { StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { bucketError, type BucketDeps } from './bucket-deps'
import { isThere } from './bucket-presence'
import { bucketTags, putBucketTags } from './bucket-tags'
import type { BucketLocationConstraint } from './s3-client'
import { tagsOf } from './setting-shapes'

/** As often, and as long, as the original waits for a new bucket. */
const LOOKS = 20
const BETWEEN_LOOKS_MS = 5_000

/**
 * Makes a bucket, with its tags and marks.
 *
 * Expected flow: look, make, wait until it shows, tag.
 * Guarantees: a bucket that is there already is left alone; one with our marks is no failure.
 * Caveats: in us-east-1 making a bucket again is a success whoever of the account made it, hence the look before.
 */
export const createBucket = (deps: BucketDeps): TE.TaskEither<StorageError, void> =>
  pipe(
    isThere(deps),
    TE.flatMap((present) => (present ? ours(deps) : made(deps))),
  )

const ours = (deps: BucketDeps): TE.TaskEither<StorageError, void> =>
  pipe(
    bucketTags(deps),
    TE.flatMap((tags) => {
      const marks = Object.entries(deps.part.marks)
      return marks.length > 0 && marks.every(([name, value]) => tags[name] === value)
        ? TE.right(undefined)
        : TE.left(taken(deps))
    }),
  )

const taken = (deps: BucketDeps): StorageError =>
  bucketError(
    deps,
    'NameTaken',
    'CreateBucket',
    `bucket ${deps.part.name} exists and does not carry the marks of this registry`,
  )

const made = (deps: BucketDeps): TE.TaskEither<StorageError, void> =>
  pipe(
    sent(deps),
    TE.flatMap(() => shown(deps, LOOKS)),
    TE.flatMap(() => marked(deps)),
  )

// The SDK knows the places of AWS only; other services have their own.
const isPlace = (place: string | undefined): place is BucketLocationConstraint =>
  place !== undefined

/** Who has never been answered may have made it all the same, and is then told that it is his already. */
const sent = (deps: BucketDeps): TE.TaskEither<StorageError, void> => {
  const { call, s3, part, locationConstraint } = deps
  const place = isPlace(locationConstraint)
    ? { CreateBucketConfiguration: { LocationConstraint: locationConstraint } }
    : {}
  let attempts = 0
  return pipe(
    call({
      operation: 'CreateBucket',
      send: (abortSignal) => {
        attempts += 1
        return s3.createBucket({ Bucket: part.name, ...place }, { abortSignal })
      },
    }),
    TE.map(() => undefined),
    TE.orElse((error) => {
      if (error.code !== 'BucketAlreadyOwnedByYou') return TE.left(error)
      return attempts > 1 ? TE.right(undefined) : ours(deps)
    }),
  )
}

const shown = (deps: BucketDeps, looks: number): TE.TaskEither<StorageError, void> =>
  pipe(
    isThere(deps),
    TE.flatMap((present) => {
      if (present) return TE.right(undefined)
      if (looks <= 1)
        return TE.left(
          bucketError(deps, 'StorageConflict', 'HeadBucket', 'the new bucket does not show yet'),
        )
      return pipe(
        TE.fromTask<void, StorageError>(deps.wait(BETWEEN_LOOKS_MS)),
        TE.flatMap(() => shown(deps, looks - 1)),
      )
    }),
  )

/** A service without tags keeps images as well; only that nobody can tell whose bucket it is. */
const marked = (deps: BucketDeps): TE.TaskEither<StorageError, void> => {
  const wanted = deps.part.settings.find(({ name }) => name === 'Tagged')?.wanted ?? {}
  return pipe(
    putBucketTags(deps, { ...tagsOf(wanted), ...deps.part.marks }),
    TE.orElse((error) => (error._tag === 'Unsupported' ? TE.right(undefined) : TE.left(error))),
  )
}
