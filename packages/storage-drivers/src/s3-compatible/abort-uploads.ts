import type { StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { BucketDeps } from './bucket-deps'
import { orWhenCode } from './or-when-code'

type Upload = {
  readonly Key?: string | undefined
  readonly UploadId?: string | undefined
}

const AT_ONCE = 16

/** A service that does not list uploads has none for us. */
const someUploads = ({
  call,
  s3,
  part,
}: BucketDeps): TE.TaskEither<StorageError, ReadonlyArray<Upload>> =>
  pipe(
    call({
      operation: 'ListMultipartUploads',
      send: (abortSignal) =>
        s3.listMultipartUploads({ Bucket: part.name, MaxUploads: AT_ONCE }, { abortSignal }),
    }),
    TE.map(({ Uploads = [] }): ReadonlyArray<Upload> => Uploads),
    TE.orElse((error) => (error._tag === 'Unsupported' ? TE.right([]) : TE.left(error))),
  )

const aborted = (
  { call, s3, part }: BucketDeps,
  { Key, UploadId }: Upload,
): TE.TaskEither<StorageError, void> =>
  pipe(
    call({
      operation: 'AbortMultipartUpload',
      send: (abortSignal) =>
        s3.abortMultipartUpload({ Bucket: part.name, Key, UploadId }, { abortSignal }),
    }),
    TE.map(() => undefined),
    orWhenCode(['NoSuchUpload'], undefined),
  )

/** Ends some of the uploads that are under way, and says how many. */
export const abortUploads = (deps: BucketDeps): TE.TaskEither<StorageError, number> =>
  pipe(
    someUploads(deps),
    TE.flatMap(TE.traverseArray((upload) => aborted(deps, upload))),
    TE.map(({ length }) => length),
  )
