import type { StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { BucketDeps } from './bucket-deps'

/** One object, or one version of it. */
export type ObjectAt = { readonly Key: string; readonly VersionId?: string }

type Listed = {
  readonly Key?: string | undefined
  readonly VersionId?: string | undefined
  readonly IsLatest?: boolean | undefined
}

const toObject =
  (isMarker: boolean) =>
  ({ Key, VersionId, IsLatest }: Listed): ReadonlyArray<ObjectAt> => {
    if (Key === undefined) return []
    // Where nothing is versioned every object is of version `null`: without it, the permission to delete versions is not needed.
    const isPlain = VersionId === 'null' && IsLatest === true && !isMarker
    return [VersionId === undefined || isPlain ? { Key } : { Key, VersionId }]
  }

const someVersions = ({ call, s3, part }: BucketDeps): Objects =>
  pipe(
    call({
      operation: 'ListObjectVersions',
      send: (abortSignal) => s3.listObjectVersions({ Bucket: part.name }, { abortSignal }),
    }),
    TE.map(({ Versions = [], DeleteMarkers = [] }) => [
      ...Versions.flatMap(toObject(false)),
      ...DeleteMarkers.flatMap(toObject(true)),
    ]),
  )

const someObjects = ({ call, s3, part }: BucketDeps): Objects =>
  pipe(
    call({
      operation: 'ListObjectsV2',
      send: (abortSignal) => s3.listObjectsV2({ Bucket: part.name }, { abortSignal }),
    }),
    TE.map(({ Contents = [] }) =>
      Contents.flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }])),
    ),
  )

type Objects = TE.TaskEither<StorageError, ReadonlyArray<ObjectAt>>

/**
 * Some of what is in a bucket, at most a thousand: older versions and marks of deletion as well, but not where the
 * service, or the permissions that the original operator asks for, do not let us see them.
 */
export const objectBatch = (deps: BucketDeps): Objects =>
  pipe(
    someVersions(deps),
    TE.orElse((error) =>
      error._tag === 'Unsupported' || error._tag === 'AccessDenied'
        ? someObjects(deps)
        : TE.left(error),
    ),
  )
