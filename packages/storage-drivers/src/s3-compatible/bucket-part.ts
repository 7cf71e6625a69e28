import type { StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { PartDriver } from '../backend'
import { bucketContents, emptyBucket } from './bucket-contents'
import type { BucketDeps } from './bucket-deps'
import { emptinessRead, presenceRead } from './bucket-presence'
import { setBucket, settingReads } from './bucket-settings'
import { addBucketTags, tagsRead } from './bucket-tags'
import { createBucket } from './create-bucket'
import { orWhenCode } from './or-when-code'

const removeBucket = ({ call, s3, part }: BucketDeps): TE.TaskEither<StorageError, void> =>
  pipe(
    call({
      operation: 'DeleteBucket',
      send: (abortSignal) => s3.deleteBucket({ Bucket: part.name }, { abortSignal }),
    }),
    TE.map(() => undefined),
    orWhenCode(['NoSuchBucket'], undefined),
  )

/** A bucket of S3, or of a service that speaks its language. */
export const bucketPart = (deps: BucketDeps): PartDriver => ({
  kind: 'bucket',
  reads: [presenceRead(deps), emptinessRead(deps), tagsRead(deps), ...settingReads(deps)],
  create: createBucket(deps),
  mark: addBucketTags(deps, deps.part.marks),
  set: setBucket(deps),
  empty: emptyBucket(deps),
  contents: bucketContents(deps),
  remove: removeBucket(deps),
})
