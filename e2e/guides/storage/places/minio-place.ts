import { expect } from 'vitest'

import { userClient } from '../../../cases/storage/s3-bucket-world'
import { allBuckets } from '../../../harness/storage/s3-life-cycle'
import { startMinio } from '../../../storage-servers/s3/minio'
import { type StoragePlace, stopAll } from '../storage-place'

/** A cluster in no cloud, and a service of S3 with a certificate of its own authority. */
export const minioPlace = async (): Promise<StoragePlace> => {
  const minio = await startMinio({ tls: true })
  const s3 = userClient(minio)
  return {
    variables: {
      S3_ENDPOINT: minio.endpoint,
      S3_ACCESS_KEY: minio.accessKey,
      S3_SECRET_KEY: minio.secretKey,
    },
    files: { 'storage-ca.pem': minio.authorities ?? '' },
    look: async () => {
      expect(Object.keys(await allBuckets(s3))).toEqual([
        expect.stringMatching(/-image-registry-us-east-1$/),
      ])
    },
    stop: stopAll({ stop: async () => s3.destroy() }, minio),
  }
}
