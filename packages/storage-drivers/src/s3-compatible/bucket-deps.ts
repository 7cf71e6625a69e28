import type {
  StorageBackend,
  StorageError,
  StoragePart,
} from '@image-registry-operator/render/model'

import type { CallDeps, StorageCaller } from '../storage-call'
import type { S3 } from './s3-client'

/** A bucket, and who may be asked about it. */
export type BucketDeps = {
  readonly s3: S3
  readonly call: StorageCaller
  readonly wait: CallDeps['wait']
  readonly backend: StorageBackend
  readonly part: StoragePart
  /** Where a new bucket lies, if not in the region of the client. */
  readonly locationConstraint?: string
}

/** What our own rules, and no answer of the service, say of a bucket. */
export const bucketError = (
  { backend }: BucketDeps,
  tag: 'NameTaken' | 'StorageConflict' | 'StorageRefused',
  operation: string,
  message: string,
): StorageError => ({ _tag: tag, backend, operation, code: 'none', message })
