import { afterAll, beforeAll, describe } from 'vitest'

import { describeStorageGuide } from '../../guides/storage/describe-storage-guide'
import { bucketClaimPlace } from '../../guides/storage/places/bucket-claim-place'
import { minioPlace } from '../../guides/storage/places/minio-place'
import { barePlace, movingPlace, volumePlace } from '../../guides/storage/places/volume-place'
import {
  startOpenshiftStorageCluster,
  type StorageCluster,
} from '../../guides/storage/storage-cluster'

let running: StorageCluster
const cluster = (): StorageCluster => running

beforeAll(async () => {
  running = await startOpenshiftStorageCluster()
})

afterAll(async () => {
  await running?.stop()
})

describe('guides to storage in a cluster on OpenShift', () => {
  describeStorageGuide('docs/guides/storage-trial.md', 'openshift', { cluster, start: barePlace })
  describeStorageGuide('docs/guides/storage-volume.md', 'openshift', {
    cluster,
    start: volumePlace,
  })
  describeStorageGuide('docs/guides/storage-s3-compatible.md', 'openshift', {
    cluster,
    start: minioPlace,
  })
  describeStorageGuide('docs/guides/storage-data-foundation.md', 'openshift', {
    cluster,
    start: bucketClaimPlace,
  })
  describeStorageGuide('docs/guides/storage-change.md', 'openshift', {
    cluster,
    start: movingPlace,
  })
})
