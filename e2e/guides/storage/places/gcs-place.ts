import { expect } from 'vitest'

import { gcsUser } from '../../../cases/storage/gcs-bucket-world'
import { startFront } from '../../../storage-servers/front/front'
import { startGcs } from '../../../storage-servers/gcs/gcs'
import { type StoragePlace, stopAll } from '../storage-place'

const PROJECT = 'my-project'
const REGION = 'europe-west1'
const BUCKET = 'images-of-my-team'
const BUCKETS = '/storage/v1/b'
const KMS_KEY = `projects/${PROJECT}/locations/${REGION}/keyRings/images/cryptoKeys/registry`

/** A cluster on Google Cloud, with a service account for the registry and a bucket of the reader's. */
export const gcsPlace = async (): Promise<StoragePlace> => {
  const google = await startGcs()
  const front = await startFront({ hosts: google.hosts })
  const user = await gcsUser(front, google.serviceAccountKey(PROJECT))
  await user.ask('POST', `${BUCKETS}?project=${PROJECT}`, { name: BUCKET })
  return {
    platform: { type: 'GCP', gcp: { region: REGION, projectID: PROJECT } },
    machines: { providerId: `gce://${PROJECT}/${REGION}-b/worker` },
    network: front,
    variables: {
      GOOGLE_PROJECT: PROJECT,
      GOOGLE_REGION: REGION,
      KMS_KEY,
      BUCKET,
    },
    files: { 'key.json': google.serviceAccountKey(PROJECT) },
    look: async () => {
      const { items } = (await user.ask('GET', `${BUCKETS}?project=${PROJECT}`)).json()
      // The service tells them in any order.
      const buckets = items as ReadonlyArray<Readonly<{ name: string; labels?: unknown }>>
      const own = buckets.filter(({ name }) => name === BUCKET)
      expect(own.map(({ labels }) => labels)).toEqual([undefined])
      expect(buckets.filter(({ name }) => name !== BUCKET)).toEqual([
        expect.objectContaining({
          name: expect.stringContaining(`-image-registry-${REGION}-`) as string,
          encryption: { defaultKmsKeyName: KMS_KEY },
          iamConfiguration: {
            publicAccessPrevention: 'enforced',
            uniformBucketLevelAccess: { enabled: true },
          },
        }),
      ])
    },
    stop: stopAll(google, front),
  }
}
