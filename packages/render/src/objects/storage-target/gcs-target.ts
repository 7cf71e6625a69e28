import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import {
  type ClusterFacts,
  cloudOf,
  type GcsStorage,
  type RenderProblem,
  type StoragePart,
  type StorageSetting,
} from '../../model'
import { hasGeneratedForm } from '../../storage/generated-names'
import { clusterMarks, formerMarks, ownMarks, type Owner } from '../../storage/marks'
import { provisioned } from '../storage/provisioned'
import { gcsCredentials } from './credentials'
import { infrastructureOf, owner } from './owner'
import type { PartialTarget } from './partial-target'

const UPLOAD_DAYS = 1

/** A bucket of Google Cloud Storage: where it is, who asks, and how it should be. */
export const gcsTarget = (
  storage: GcsStorage,
  configUid: string,
  facts: ClusterFacts,
): E.Either<RenderProblem, PartialTarget> => {
  const { region = '', projectId = '' } = cloudOf('Gcs', infrastructureOf(facts))
  const location = storage.region === '' ? region : storage.region
  return pipe(
    provisioned('gcs', { bucket: storage.bucket }),
    E.flatMap(() => gcsCredentials(facts)),
    E.map((credentials) => ({
      backend: 'Gcs',
      connection: {
        _tag: 'Gcs',
        location,
        projectId: storage.projectId === '' ? projectId : storage.projectId,
        kmsKey: storage.keyId,
      },
      credentials,
      parts: [bucket(storage, location, owner(configUid, facts), facts)],
    })),
  )
}

const bucket = (
  storage: GcsStorage,
  location: string,
  whose: Owner,
  facts: ClusterFacts,
): StoragePart => ({
  kind: 'bucket',
  name: storage.bucket,
  marks: ownMarks('Gcs', 'bucket', whose),
  formerMarks: formerMarks('Gcs', 'bucket', whose),
  isGeneratedName: hasGeneratedForm(storage.bucket, whose.infrastructureName, location),
  settings: settings(storage, whose, facts),
  holdsImages: true,
})

const settings = (
  { keyId }: GcsStorage,
  whose: Owner,
  facts: ClusterFacts,
): ReadonlyArray<StorageSetting> => {
  const { resourceTags = {}, boundTags = {} } = infrastructureOf(facts)
  return [
    {
      name: 'Labeled',
      wanted: {
        ...resourceTags,
        ...clusterMarks('Gcs', 'bucket', whose),
        ...ownMarks('Gcs', 'bucket', whose),
      },
    },
    ...(Object.keys(boundTags).length === 0
      ? []
      : [{ name: 'Tagged' as const, wanted: boundTags }]),
    ...(keyId === '' ? [] : [{ name: 'Encrypted' as const, wanted: { defaultKmsKeyName: keyId } }]),
    { name: 'PublicAccessBlocked', wanted: { publicAccessPrevention: 'enforced' } },
    { name: 'UniformAccess', wanted: { enabled: true } },
    { name: 'IncompleteUploadCleanupEnabled', wanted: [{ days: UPLOAD_DAYS }] },
  ]
}
