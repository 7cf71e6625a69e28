import { afterAll, beforeAll, describe } from 'vitest'

import { describeStorageGuide } from '../../guides/storage/describe-storage-guide'
import { awsPlace } from '../../guides/storage/places/aws-place'
import { azurePlace } from '../../guides/storage/places/azure-place'
import { gcsPlace } from '../../guides/storage/places/gcs-place'
import { openstackPlace } from '../../guides/storage/places/openstack-place'
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

describe('guides to storage in clouds on OpenShift', () => {
  describeStorageGuide('docs/guides/storage-aws-s3.md', 'openshift', { cluster, start: awsPlace })
  describeStorageGuide('docs/guides/storage-google-cloud.md', 'openshift', {
    cluster,
    start: gcsPlace,
  })
  describeStorageGuide('docs/guides/storage-azure.md', 'openshift', {
    cluster,
    start: () => azurePlace('openshift'),
  })
  describeStorageGuide('docs/guides/storage-openstack.md', 'openshift', {
    cluster,
    start: openstackPlace,
  })
})
