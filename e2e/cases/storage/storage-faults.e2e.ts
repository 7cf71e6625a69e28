import { describe, expect, it } from 'vitest'

import type { FaultCloud } from '../../harness/fault-cloud'
import { type Breadth, liveAll } from '../../harness/fault-lives'
import { startMinio } from '../../storage-servers/s3/minio'
import { startMoto } from '../../storage-servers/s3/moto'
import { azureFaultCloud } from './fault-cloud-azure'
import { gcsFaultCloud } from './fault-cloud-gcs'
import { ibmFaultCloud } from './fault-cloud-ibm'
import { s3FaultCloud } from './fault-cloud-s3'
import { swiftFaultCloud } from './fault-cloud-swift'

/** `STORAGE_FAULTS`: minutes for `some`, a quarter of an hour for `kinds`, hours for `all`. */
const BREADTHS: ReadonlyArray<Breadth> = ['some', 'kinds', 'all']
const asked = process.env['STORAGE_FAULTS'] ?? 'some'
const breadth = BREADTHS.find((one) => one === asked)
if (breadth === undefined)
  throw new Error(`STORAGE_FAULTS must be one of ${BREADTHS.join(', ')}, got ${asked}`)

const clouds: ReadonlyArray<readonly [string, () => Promise<FaultCloud>]> = [
  ['S3, on moto', async () => s3FaultCloud(await startMoto())],
  ['Google Cloud Storage', () => gcsFaultCloud()],
  ['Swift', () => swiftFaultCloud()],
  ['Azure', () => azureFaultCloud()],
  ['IBM Cloud', async () => ibmFaultCloud(await startMinio())],
  ['S3, on MinIO', async () => s3FaultCloud(await startMinio({ kms: true }))],
]

/** Enough for two cores, of which the servers need one. */
const LANES = 4

describe.each(clouds)('%s', (_name, start) => {
  it(
    'comes to the same end whatever goes wrong on the way, and says what it was if that lasts',
    async () => {
      const cloud = await start()
      try {
        const bystander = await cloud.bystander()
        const { lives, faults, wrong, untold } = await liveAll(cloud, {
          lanes: LANES,
          breadth,
        })
        // Or nothing has gone wrong, and that all ends alike says nothing.
        expect(faults).toBeGreaterThan(lives)
        expect(wrong).toEqual([])
        expect(untold).toEqual([])
        expect(await cloud.everything()).toEqual([])
        expect(await cloud.bystander()).toEqual(bystander)
      } finally {
        await cloud.stop()
      }
    },
    // Each took up to five minutes on two cores that were busy with other things.
    breadth === 'all' ? 7_200_000 : 900_000,
  )
})
