import type {
  IbmCosConnection,
  Marks,
  StorageError,
  StoragePart,
} from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import type * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { PartDriver, PartFound, PartRead } from '../backend'
import { isBucketThere } from './bucket-by-token'
import type { IbmApi } from './ibm-api'
import { ibmProblem } from './ibm-problem'
import { isMadeFor } from './made-thing'
import type { Remembered } from './remembered'
import type { HmacKeys } from './resource-key'
import type { ServiceInstance } from './service-instance'

export type IbmBucketDeps = {
  readonly api: IbmApi
  readonly connection: IbmCosConnection
  readonly part: StoragePart
  readonly instance: Remembered<ServiceInstance>
  /** What the bucket is signed for with; none while there is no resource key. */
  readonly keys: TE.TaskEither<StorageError, O.Option<HmacKeys>>
  readonly wait: (ms: number) => T.Task<void>
  /** The bucket in the language of S3, as soon as there are keys. */
  readonly bucket: PartDriver
}

const NO_KEYS = ibmProblem(
  'StorageConflict',
  'GetResourceKey',
  'there is no resource key yet to ask for the bucket with',
)

/** Does it with keys; without any there is nobody to sign. */
const signed =
  ({ keys }: IbmBucketDeps) =>
  <A>(act: TE.TaskEither<StorageError, A>): TE.TaskEither<StorageError, A> =>
    pipe(
      keys,
      TE.flatMap((found) => (O.isSome(found) ? act : TE.left(NO_KEYS))),
    )

/** A bucket may be there, full of images, while its key is gone: a token tells, too. */
const withoutKeys = (deps: IbmBucketDeps): TE.TaskEither<StorageError, PartFound> =>
  pipe(
    deps.instance.last,
    TE.flatMap(
      O.match(
        () => TE.right<StorageError, boolean>(false),
        ({ crn }) =>
          isBucketThere(deps.api, deps.connection, { bucket: deps.part.name, instanceCrn: crn }),
      ),
    ),
    TE.map((present): PartFound =>
      present ? { _tag: 'Present', settings: {} } : { _tag: 'Absent' },
    ),
  )

const presenceRead = (deps: IbmBucketDeps, { tells, read }: PartRead): PartRead => ({
  tells,
  read: pipe(
    deps.keys,
    TE.flatMap((keys) => (O.isSome(keys) ? read : withoutKeys(deps))),
  ),
})

/**
 * The marks of the instance, for a bucket in it whose name nobody else gives: IBM's buckets have no tags that S3 could
 * show, and the key that finds the bucket lets one in to that instance only.
 */
const inherited = ({ instance, part }: IbmBucketDeps): TE.TaskEither<StorageError, Marks> =>
  pipe(
    instance.last,
    TE.map(
      O.match(
        (): Marks => ({}),
        (made): Marks => (part.isGeneratedName && isMadeFor(part)(made) ? made.marks : {}),
      ),
    ),
  )

const tagsRead = (deps: IbmBucketDeps, { tells, read }: PartRead): PartRead => ({
  tells,
  read: pipe(
    read,
    TE.orElse((error) =>
      error._tag === 'Unsupported'
        ? pipe(
            inherited(deps),
            TE.map((marks): PartFound => ({
              _tag: 'Present',
              marks,
              settings: { Tagged: { _tag: 'NotSupported', error } },
            })),
          )
        : TE.left(error),
    ),
    signed(deps),
  ),
})

const furtherRead =
  (deps: IbmBucketDeps) =>
  (read: PartRead): PartRead =>
    read.tells.includes('Tagged')
      ? tagsRead(deps, read)
      : { tells: read.tells, read: signed(deps)(read.read) }

const PAUSE_MS = 3_000
/** New keys are known everywhere after seconds, rarely after half a minute. */
const MOST_ATTEMPTS = 12

const untilKeysAreKnown = (
  deps: IbmBucketDeps,
  act: TE.TaskEither<StorageError, void>,
  attemptsLeft = MOST_ATTEMPTS,
): TE.TaskEither<StorageError, void> =>
  pipe(
    act,
    TE.orElse((error) =>
      error._tag === 'CredentialsRefused' && attemptsLeft > 1
        ? pipe(
            TE.fromTask<void, StorageError>(deps.wait(PAUSE_MS)),
            TE.flatMap(() => untilKeysAreKnown(deps, act, attemptsLeft - 1)),
          )
        : TE.left(error),
    ),
  )

const nameTaken = (name: string): StorageError => ({
  _tag: 'NameTaken',
  backend: 'IbmCos',
  operation: 'CreateBucket',
  code: 'none',
  message: `bucket ${name} is there already and was not made for this registry`,
})

const create = (deps: IbmBucketDeps): TE.TaskEither<StorageError, void> =>
  pipe(
    untilKeysAreKnown(deps, deps.bucket.create),
    // It is there, and has no tags that could say whose it is.
    TE.orElse((error) =>
      error._tag === 'Unsupported'
        ? pipe(
            inherited(deps),
            TE.flatMap((marks) =>
              Object.keys(marks).length > 0
                ? TE.right<StorageError, void>(undefined)
                : TE.left(nameTaken(deps.part.name)),
            ),
          )
        : TE.left(error),
    ),
    signed(deps),
  )

/** A bucket of IBM, in the language of S3 once there are keys to speak it with. */
export const ibmBucketPart = (deps: IbmBucketDeps): PartDriver => {
  const { bucket } = deps
  const [first, ...further] = bucket.reads
  const { empty, contents } = bucket
  return {
    kind: 'bucket',
    reads: [presenceRead(deps, first), ...further.map(furtherRead(deps))],
    create: create(deps),
    mark: signed(deps)(bucket.mark),
    set: (setting) => signed(deps)(bucket.set(setting)),
    ...(empty === undefined ? {} : { empty: signed(deps)(empty) }),
    ...(contents === undefined ? {} : { contents: signed(deps)(contents) }),
    remove: signed(deps)(bucket.remove),
  }
}
