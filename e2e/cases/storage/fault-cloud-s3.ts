import { driversUnderTest } from '@image-registry-operator/storage-drivers/testing'

import type { FaultCloud } from '../../harness/fault-cloud'
import { faultClock } from '../../harness/fault-clock'
import { TIMEOUT_MS } from '../../harness/fault-network'
import { faultTrap } from '../../harness/fault-trap'
import { startFaults } from '../../storage-servers/faults/faults'
import type { S3Server } from '../../storage-servers/s3/s3-server'
import { clusterOn, userSecret } from './fault-facts'
import { bucketLook, userClient } from './s3-bucket-world'

/** Of somebody else. */
const BYSTANDER = 'images-of-somebody-else'

/** A server of S3, and clusters that have their images there. */
export const s3FaultCloud = async (server: S3Server): Promise<FaultCloud> => {
  const s3 = userClient(server)
  await s3.createBucket({ Bucket: BYSTANDER })
  await s3.putObject({ Bucket: BYSTANDER, Key: 'image', Body: 'of somebody else' })
  const credentials = userSecret({
    REGISTRY_STORAGE_S3_ACCESSKEY: server.accessKey,
    REGISTRY_STORAGE_S3_SECRETKEY: server.secretKey,
  })
  return {
    lane: async () => {
      const target = { port: Number(new URL(server.endpoint).port) }
      const clock = faultClock()
      const faults = await startFaults({ target, dialect: 's3', onSilence: clock.silence })
      const trap = faultTrap([faults])
      return {
        trap,
        network: {},
        driver: () => driversUnderTest(TIMEOUT_MS, clock.alarm)('S3')(),
        facts: (name) => [
          ...clusterOn(name, { type: 'AWS', aws: { region: server.region } }),
          credentials,
        ],
        spec: {
          managementState: 'Managed',
          replicas: 1,
          storage: { s3: { region: server.region, regionEndpoint: faults.url } },
        },
        stop: trap.stop,
      }
    },
    look: ({ parts: [bucket] }) => bucketLook(s3, bucket?.name ?? ''),
    put: async ({ parts: [bucket] }) => {
      await s3.putObject({ Bucket: bucket?.name ?? '', Key: 'docker/image', Body: 'bytes' })
    },
    everything: async () => {
      const { Buckets = [] } = await s3.listBuckets({})
      return Buckets.map(({ Name = '' }) => Name).filter((name) => name !== BYSTANDER)
    },
    bystander: () => bucketLook(s3, BYSTANDER),
    tellsPresence: ({ method }) => method === 'HEAD',
    stop: async () => {
      s3.destroy()
      await server.stop()
    },
  }
}
