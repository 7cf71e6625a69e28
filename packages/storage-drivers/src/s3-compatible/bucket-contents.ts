import type { StorageContents, StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { abortUploads } from './abort-uploads'
import type { BucketDeps } from './bucket-deps'
import { deleteObjects } from './delete-objects'
import { objectBatch } from './object-batch'

/** Removes some of what is in a bucket, and says how many; 0 when nothing is left. */
export const emptyBucket = (deps: BucketDeps): TE.TaskEither<StorageError, number> =>
  pipe(
    objectBatch(deps),
    TE.flatMap((objects) =>
      objects.length > 0 ? deleteObjects(deps, objects) : abortUploads(deps),
    ),
  )

/** A hundred thousand objects: who has more is told so. */
const MOST_PAGES = 100

type Page = { readonly contents: StorageContents; readonly next: string | undefined }

const page = (
  { call, s3, part }: BucketDeps,
  { contents, next }: Page,
): TE.TaskEither<StorageError, Page> =>
  pipe(
    call({
      operation: 'ListObjectsV2',
      send: (abortSignal) =>
        s3.listObjectsV2({ Bucket: part.name, ContinuationToken: next }, { abortSignal }),
    }),
    TE.map(({ Contents = [], IsTruncated = false, NextContinuationToken }) => ({
      contents: {
        objects: contents.objects + Contents.length,
        bytes: Contents.reduce((sum, { Size = 0 }) => sum + Size, contents.bytes),
        isWhole: !IsTruncated,
      },
      next: IsTruncated ? NextContinuationToken : undefined,
    })),
  )

const counted = (
  deps: BucketDeps,
  before: Page,
  pages: number,
): TE.TaskEither<StorageError, StorageContents> =>
  pipe(
    page(deps, before),
    TE.flatMap((now) =>
      now.next === undefined || pages <= 1 ? TE.right(now.contents) : counted(deps, now, pages - 1),
    ),
  )

/** How much is in a bucket. */
export const bucketContents = (deps: BucketDeps): TE.TaskEither<StorageError, StorageContents> =>
  counted(deps, { contents: { objects: 0, bytes: 0, isWhole: false }, next: undefined }, MOST_PAGES)
