import { describe, expect, it } from 'vitest'

import type { FaultCloud } from '../harness/fault-cloud'
import { liveAll } from '../harness/fault-lives'
import { startMinio } from '../storage-servers/s3/minio'
import { startMoto } from '../storage-servers/s3/moto'
import { azureFaultCloud } from './fault-cloud-azure'
import { gcsFaultCloud } from './fault-cloud-gcs'
import { ibmFaultCloud } from './fault-cloud-ibm'
import { s3FaultCloud } from './fault-cloud-s3'
import { swiftFaultCloud } from './fault-cloud-swift'

/** Every fault with every request takes an hour; otherwise every fault with every kind of request. */
const isThorough = process.env['STORAGE_FAULTS'] === 'all'

const clouds: ReadonlyArray<readonly [string, () => Promise<FaultCloud>]> = [
  ['S3, on moto', async () => s3FaultCloud(await startMoto(), 400)],
  ['Google Cloud Storage', () => gcsFaultCloud(400)],
  ['Swift', () => swiftFaultCloud(1000)],
  ['Azure', () => azureFaultCloud(600)],
  ['IBM Cloud', async () => ibmFaultCloud(await startMinio(), 500)],
  ['S3, on MinIO', async () => s3FaultCloud(await startMinio({ kms: true }), 400)],
]

/** More at a time would wait for each other on two cores, and take that for faults. */
const LANES = 6

describe.each(clouds)('%s', (_name, start) => {
  it(
    'comes to the same end whatever goes wrong on the way, and says what it was if that lasts',
    async () => {
      const cloud = await start()
      try {
        const bystander = await cloud.bystander()
        const { wrong, untold } = await liveAll(cloud, { lanes: LANES, isThorough })
        expect(wrong).toEqual([])
        expect(untold).toEqual([])
        expect(await cloud.everything()).toEqual([])
        expect(await cloud.bystander()).toEqual(bystander)
      } finally {
        await cloud.stop()
      }
    },
    isThorough ? 3_600_000 : 600_000,
  )
})
