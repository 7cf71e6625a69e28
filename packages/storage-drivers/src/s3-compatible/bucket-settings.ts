import type {
  Json,
  SettingName,
  StorageError,
  StorageSetting,
} from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { PartRead } from '../backend'
import { bucketError, type BucketDeps } from './bucket-deps'
import { lifecycleRules, putCleanup } from './bucket-lifecycle'
import { addBucketTags } from './bucket-tags'
import { orWhenCode } from './or-when-code'
import {
  fromEncryption,
  fromLifecycle,
  fromPublicAccessBlock,
  tagsOf,
  toEncryption,
  toPublicAccessBlock,
} from './setting-shapes'

const publicAccess = ({ call, s3, part }: BucketDeps): TE.TaskEither<StorageError, Json> =>
  pipe(
    call({
      operation: 'GetPublicAccessBlock',
      send: (abortSignal) => s3.getPublicAccessBlock({ Bucket: part.name }, { abortSignal }),
    }),
    TE.map((answer): Json => fromPublicAccessBlock(answer.PublicAccessBlockConfiguration ?? {})),
    orWhenCode(['NoSuchPublicAccessBlockConfiguration'], fromPublicAccessBlock({})),
  )

const encryption = ({ call, s3, part }: BucketDeps): TE.TaskEither<StorageError, Json> =>
  pipe(
    call({
      operation: 'GetBucketEncryption',
      send: (abortSignal) => s3.getBucketEncryption({ Bucket: part.name }, { abortSignal }),
    }),
    TE.map((answer): Json => fromEncryption(answer.ServerSideEncryptionConfiguration?.Rules ?? [])),
    orWhenCode(['ServerSideEncryptionConfigurationNotFoundError'], {}),
  )

const cleanup = (deps: BucketDeps): TE.TaskEither<StorageError, Json> =>
  pipe(
    lifecycleRules(deps),
    TE.map(({ rules }): Json => fromLifecycle(rules)),
  )

const SETTINGS: ReadonlyArray<
  readonly [SettingName, (deps: BucketDeps) => TE.TaskEither<StorageError, Json>]
> = [
  ['PublicAccessBlocked', publicAccess],
  ['Encrypted', encryption],
  ['IncompleteUploadCleanupEnabled', cleanup],
]

/** One read for each setting that somebody wants; tags are read anyhow. */
export const settingReads = (deps: BucketDeps): ReadonlyArray<PartRead> =>
  SETTINGS.filter(([name]) => deps.part.settings.some((wanted) => wanted.name === name)).map(
    ([name, read]) => ({
      tells: [name],
      read: pipe(
        read(deps),
        TE.map((value) => ({ _tag: 'Present', settings: { [name]: { _tag: 'Found', value } } })),
      ),
    }),
  )

const blockPublicAccess = (
  { call, s3, part }: BucketDeps,
  wanted: Json,
): TE.TaskEither<StorageError, unknown> =>
  call({
    operation: 'PutPublicAccessBlock',
    send: (abortSignal) =>
      s3.putPublicAccessBlock(
        { Bucket: part.name, PublicAccessBlockConfiguration: toPublicAccessBlock(wanted) },
        { abortSignal },
      ),
  })

const encrypt = (
  { call, s3, part }: BucketDeps,
  wanted: Json,
): TE.TaskEither<StorageError, unknown> =>
  call({
    operation: 'PutBucketEncryption',
    send: (abortSignal) =>
      s3.putBucketEncryption(
        {
          Bucket: part.name,
          ServerSideEncryptionConfiguration: { Rules: [toEncryption(wanted)] },
        },
        { abortSignal },
      ),
  })

const putSetting = (
  deps: BucketDeps,
  { name, wanted }: StorageSetting,
): TE.TaskEither<StorageError, unknown> => {
  switch (name) {
    case 'Tagged':
      return addBucketTags(deps, tagsOf(wanted))
    case 'PublicAccessBlocked':
      return blockPublicAccess(deps, wanted)
    case 'Encrypted':
      return encrypt(deps, wanted)
    case 'IncompleteUploadCleanupEnabled':
      return putCleanup(deps, wanted)
    default:
      return TE.left(bucketError(deps, 'StorageRefused', name, `buckets of S3 have no ${name}`))
  }
}

/** Puts one setting of a bucket right. */
export const setBucket =
  (deps: BucketDeps) =>
  (setting: StorageSetting): TE.TaskEither<StorageError, void> =>
    pipe(
      putSetting(deps, setting),
      TE.map(() => undefined),
    )
