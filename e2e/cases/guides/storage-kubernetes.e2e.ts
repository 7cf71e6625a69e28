import { afterAll, beforeAll, describe } from 'vitest'

import { describeStorageGuide } from '../../guides/storage/describe-storage-guide'

import { minioPlace } from '../../guides/storage/places/minio-place'
import {
  barePlace,
  kindPlace,
  movingPlace,
  volumePlace,
} from '../../guides/storage/places/volume-place'
import {
  startKubernetesStorageCluster,
  type StorageCluster,
} from '../../guides/storage/storage-cluster'

let running: StorageCluster
const cluster = (): StorageCluster => running

beforeAll(async () => {
  running = await startKubernetesStorageCluster()
})

afterAll(async () => {
  await running?.stop()
})

describe('guides to storage in a cluster on plain Kubernetes', () => {
  describeStorageGuide('docs/guides/storage-trial.md', 'kubernetes', { cluster, start: barePlace })
  describeStorageGuide('docs/guides/storage-volume.md', 'kubernetes', {
    cluster,
    start: volumePlace,
  })
  describeStorageGuide('docs/guides/storage-s3-compatible.md', 'kubernetes', {
    cluster,
    start: minioPlace,
  })
  describeStorageGuide('docs/guides/kubernetes-default-class.md', 'kubernetes', {
    cluster,
    start: kindPlace,
  })
  describeStorageGuide('docs/guides/storage-change.md', 'kubernetes', {
    cluster,
    start: movingPlace,
  })
})
