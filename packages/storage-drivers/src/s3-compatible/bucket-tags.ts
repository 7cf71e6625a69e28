import type { Marks, StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { PartRead } from '../backend'
import type { BucketDeps } from './bucket-deps'
import { orWhenCode } from './or-when-code'
import type { Tag } from './s3-client'

const fromTags = (tags: ReadonlyArray<Tag>): Marks =>
  Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]))

const toTags = (tags: Marks): Tag[] => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))

/** The tags of a bucket. */
export const bucketTags = ({ call, s3, part }: BucketDeps): TE.TaskEither<StorageError, Marks> =>
  pipe(
    call({
      operation: 'GetBucketTagging',
      send: (abortSignal) => s3.getBucketTagging({ Bucket: part.name }, { abortSignal }),
    }),
    TE.map(({ TagSet = [] }) => fromTags(TagSet)),
    orWhenCode(['NoSuchTagSet', 'NoSuchTagSetError'], {}),
  )

/** Gives a bucket these tags, and no others. */
export const putBucketTags = (
  { call, s3, part }: BucketDeps,
  tags: Marks,
): TE.TaskEither<StorageError, void> =>
  pipe(
    call({
      operation: 'PutBucketTagging',
      send: (abortSignal) =>
        s3.putBucketTagging(
          { Bucket: part.name, Tagging: { TagSet: toTags(tags) } },
          { abortSignal },
        ),
    }),
    TE.map(() => undefined),
  )

/** Adds tags to those that a bucket has. S3 knows no way to add one: who changes them in between is overwritten. */
export const addBucketTags = (deps: BucketDeps, tags: Marks): TE.TaskEither<StorageError, void> =>
  pipe(
    bucketTags(deps),
    TE.flatMap((present) => putBucketTags(deps, { ...present, ...tags })),
  )

/** Tells the tags, which are marks as well. */
export const tagsRead = (deps: BucketDeps): PartRead => ({
  tells: ['Tagged'],
  read: pipe(
    bucketTags(deps),
    TE.map((tags) => ({
      _tag: 'Present',
      marks: tags,
      settings: { Tagged: { _tag: 'Found', value: tags } },
    })),
  ),
})
