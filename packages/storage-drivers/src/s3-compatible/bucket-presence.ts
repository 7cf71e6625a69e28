import type { StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { PartRead } from '../backend'
import type { BucketDeps } from './bucket-deps'

/** Whether the bucket is there. */
export const isThere = (deps: BucketDeps): TE.TaskEither<StorageError, boolean> =>
  pipe(
    deps.call({
      operation: 'HeadBucket',
      send: (abortSignal) => deps.s3.headBucket({ Bucket: deps.part.name }, { abortSignal }),
    }),
    TE.map(() => true),
    TE.orElse((error) => {
      if (error._tag === 'StorageNotFound') return TE.right(false)
      return error._tag === 'AccessDenied' || error._tag === 'StorageRefused'
        ? explained(deps, error)
        : TE.left(error)
    }),
  )

/** An answer to HEAD has no text, and may hide that nothing is there: the question once more, put so that it has. */
const explained = (deps: BucketDeps, error: StorageError): TE.TaskEither<StorageError, boolean> =>
  pipe(
    hasObjects(deps),
    TE.map(() => true),
    TE.orElse((reason) => {
      if (reason._tag === 'StorageNotFound') return TE.right(false)
      return TE.left(isReason(reason, error) ? reason : error)
    }),
  )

const isReason = (reason: StorageError, error: StorageError): boolean =>
  reason._tag === 'CredentialsRefused' || reason._tag === error._tag

const hasObjects = ({ call, s3, part }: BucketDeps): TE.TaskEither<StorageError, boolean> =>
  pipe(
    call({
      operation: 'ListObjectsV2',
      send: (abortSignal) => s3.listObjectsV2({ Bucket: part.name, MaxKeys: 1 }, { abortSignal }),
    }),
    TE.map(({ Contents = [] }) => Contents.length > 0),
  )

/** Tells whether the bucket is there. */
export const presenceRead = (deps: BucketDeps): PartRead => ({
  tells: [],
  read: pipe(
    isThere(deps),
    TE.map((present) => (present ? { _tag: 'Present' } : { _tag: 'Absent' })),
  ),
})

/** Older versions show in no other listing. Who may not see them, or has none, takes what shows for everything. */
const hasVersions = ({ call, s3, part }: BucketDeps): TE.TaskEither<StorageError, boolean> =>
  pipe(
    call({
      operation: 'ListObjectVersions',
      send: (abortSignal) =>
        s3.listObjectVersions({ Bucket: part.name, MaxKeys: 1 }, { abortSignal }),
    }),
    TE.map(({ Versions = [], DeleteMarkers = [] }) => Versions.length + DeleteMarkers.length > 0),
    TE.orElse((error) =>
      error._tag === 'Unsupported' || error._tag === 'AccessDenied'
        ? TE.right(false)
        : TE.left(error),
    ),
  )

/** Tells whether nothing is in it. */
export const emptinessRead = (deps: BucketDeps): PartRead => ({
  tells: [],
  read: pipe(
    hasObjects(deps),
    TE.flatMap((shows) => (shows ? TE.right(true) : hasVersions(deps))),
    TE.map((full) => ({ _tag: 'Present', isEmpty: !full })),
  ),
})
