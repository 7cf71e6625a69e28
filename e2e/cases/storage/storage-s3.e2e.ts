import type { StorageSetting } from '@image-registry-operator/render/model'
import {
  type ContractServer,
  driverContract,
  s3UnderTest,
} from '@image-registry-operator/storage-drivers/testing'
import { afterAll, beforeAll, describe, it } from 'vitest'

import { startMinio } from '../../storage-servers/s3/minio'
import { startMoto } from '../../storage-servers/s3/moto'
import type { S3Server } from '../../storage-servers/s3/s3-server'
import { bucketWorld, userClient } from './s3-bucket-world'
import { ALL, ENCRYPTED, TAGS, unusedBucket } from './s3-unused-bucket'

const contractServer = (
  server: S3Server,
  settings: ReadonlyArray<StorageSetting>,
  suspends = true,
): ContractServer => {
  const s3 = userClient(server)
  return {
    driver: s3UnderTest().driver,
    world: bucketWorld(s3, { suspends }),
    unused: async () => unusedBucket(server, settings),
    markedLater: ['bucket'],
    withWrongCredentials: (access) => ({
      ...access,
      values: { ...access.values, secret: 'a-secret-that-is-wrong' },
    }),
    close: async () => {
      s3.destroy()
      await server.stop()
    },
  }
}

const suite = { describe, it, beforeAll, afterAll }

driverContract(
  'S3, with moto',
  async () => contractServer(await startMoto({ enforcePolicies: true }), ALL, false),
  suite,
)
driverContract(
  'S3, with MinIO that encrypts',
  async () => contractServer(await startMinio({ kms: true }), [TAGS, ENCRYPTED]),
  suite,
)
driverContract(
  'S3, with MinIO behind TLS of an authority of its own',
  async () => contractServer(await startMinio({ tls: true }), [TAGS]),
  suite,
)
