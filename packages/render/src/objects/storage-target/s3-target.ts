import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import type {
  ClusterFacts,
  RenderProblem,
  S3Storage,
  StoragePart,
  StorageSetting,
} from '../../model'
import { hasGeneratedForm } from '../../storage/generated-names'
import { clusterMarks, formerMarks, ownMarks, type Owner } from '../../storage/marks'
import { provisioned } from '../storage/provisioned'
import { located } from '../storage/s3'
import { isDualStack } from '../storage/s3-variables'
import { s3Credentials } from './credentials'
import { endpointOf, infrastructureOf, owner } from './owner'
import type { PartialTarget } from './partial-target'

/** After that many days what is left of an upload that never ended goes. The original's. */
const UPLOAD_DAYS = 1

/** A bucket of S3: where it is, who asks, and how it should be. */
export const s3Target = (
  specified: S3Storage,
  configUid: string,
  facts: ClusterFacts,
): E.Either<RenderProblem, PartialTarget> => {
  const storage = located(specified, facts)
  return pipe(
    provisioned('s3', { bucket: storage.bucket, region: storage.region }),
    E.flatMap(() => s3Credentials(facts)),
    E.map((credentials) => ({
      backend: 'S3',
      connection: {
        _tag: 'S3',
        region: storage.region,
        endpoint: storage.regionEndpoint,
        pathStyle: storage.regionEndpoint !== '' && !storage.virtualHostedStyle,
        dualStack: storage.regionEndpoint === '' && isDualStack(storage),
        stsEndpoint: endpointOf(facts, 'sts'),
      },
      credentials,
      parts: [bucket(storage, owner(configUid, facts), facts)],
    })),
  )
}

const bucket = (storage: S3Storage, whose: Owner, facts: ClusterFacts): StoragePart => ({
  kind: 'bucket',
  name: storage.bucket,
  marks: ownMarks('S3', 'bucket', whose),
  formerMarks: formerMarks('S3', 'bucket', whose),
  isGeneratedName: hasGeneratedForm(storage.bucket, whose.infrastructureName, storage.region),
  settings: settings(storage, whose, facts),
  holdsImages: true,
})

/** In the original's order. What people have tagged their cluster with comes last, and may not take our marks' place. */
const settings = (
  { keyId }: S3Storage,
  whose: Owner,
  facts: ClusterFacts,
): ReadonlyArray<StorageSetting> => [
  {
    name: 'PublicAccessBlocked',
    wanted: {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
  },
  {
    name: 'Tagged',
    wanted: {
      ...infrastructureOf(facts).resourceTags,
      ...(whose.infrastructureName === ''
        ? {}
        : { Name: `${whose.infrastructureName}-image-registry` }),
      ...clusterMarks('S3', 'bucket', whose),
      ...ownMarks('S3', 'bucket', whose),
    },
  },
  {
    name: 'Encrypted',
    // Whoever encrypts with a key of KMS pays less for it with a key of the bucket's own. The original's.
    wanted: {
      ...(keyId === '' ? { algorithm: 'AES256' } : { algorithm: 'aws:kms', keyId }),
      bucketKey: true,
    },
  },
  { name: 'IncompleteUploadCleanupEnabled', wanted: [{ days: UPLOAD_DAYS }] },
]
