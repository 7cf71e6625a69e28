import type { Json, StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { BucketDeps } from './bucket-deps'
import { orWhenCode } from './or-when-code'
import type { LifecycleRule, S3 } from './s3-client'
import { withCleanup } from './setting-shapes'

type Lifecycle = {
  readonly rules: ReadonlyArray<LifecycleRule>
  /** Goes with the rules: left out, it would fall back. */
  readonly smallest?: Parameters<
    S3['putBucketLifecycleConfiguration']
  >[0]['TransitionDefaultMinimumObjectSize']
}

const NONE: Lifecycle = { rules: [] }

/** The rules by which a bucket drops things. */
export const lifecycleRules = ({
  call,
  s3,
  part,
}: BucketDeps): TE.TaskEither<StorageError, Lifecycle> =>
  pipe(
    call({
      operation: 'GetBucketLifecycleConfiguration',
      send: (abortSignal) =>
        s3.getBucketLifecycleConfiguration({ Bucket: part.name }, { abortSignal }),
    }),
    TE.map(({ Rules = [], TransitionDefaultMinimumObjectSize: smallest }): Lifecycle => ({
      rules: Rules,
      ...(smallest === undefined ? {} : { smallest }),
    })),
    orWhenCode(['NoSuchLifecycleConfiguration'], NONE),
  )

/** Adds the rule that drops uploads which nobody has finished. */
export const putCleanup = (deps: BucketDeps, wanted: Json): TE.TaskEither<StorageError, unknown> =>
  pipe(
    lifecycleRules(deps),
    TE.flatMap(({ rules, smallest }) =>
      deps.call({
        operation: 'PutBucketLifecycleConfiguration',
        send: (abortSignal) =>
          deps.s3.putBucketLifecycleConfiguration(
            {
              Bucket: deps.part.name,
              LifecycleConfiguration: { Rules: withCleanup(rules, wanted) },
              ...(smallest === undefined ? {} : { TransitionDefaultMinimumObjectSize: smallest }),
            },
            { abortSignal },
          ),
      }),
    ),
  )
