import { afterAll, beforeAll, describe } from 'vitest'

import { describeStorageGuide } from '../../guides/storage/describe-storage-guide'
import { awsPlace, freshAwsPlace } from '../../guides/storage/places/aws-place'
import { azurePlace } from '../../guides/storage/places/azure-place'
import { gcsPlace } from '../../guides/storage/places/gcs-place'
import { kubernetesOnOpenstack } from '../../guides/storage/places/openstack-place'
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

describe('guides to storage in clouds on plain Kubernetes', () => {
  describeStorageGuide('docs/guides/storage-aws-s3.md', 'kubernetes', { cluster, start: awsPlace })
  describeStorageGuide('docs/guides/storage-google-cloud.md', 'kubernetes', {
    cluster,
    start: gcsPlace,
  })
  describeStorageGuide('docs/guides/storage-azure.md', 'kubernetes', {
    cluster,
    start: () => azurePlace('kubernetes'),
  })
  describeStorageGuide('docs/guides/storage-openstack.md', 'kubernetes', {
    cluster,
    start: kubernetesOnOpenstack,
  })
  describeStorageGuide('docs/guides/kubernetes-on-a-cloud.md', 'kubernetes', {
    cluster,
    start: freshAwsPlace,
  })
})
