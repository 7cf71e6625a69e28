import type { StorageTarget } from '@image-registry-operator/render/model'

import type { FaultCloud } from '../../harness/fault-cloud'
import { faultyNetwork } from '../../harness/fault-network'
import { startIbmCloud } from '../../storage-servers/ibm/ibm-cloud'
import type { S3Server } from '../../storage-servers/s3/s3-server'
import { clusterOn, mintedSecret } from './fault-facts'
import { ibmCosWorld, livingInstances, livingKeys } from './ibm-cos-world'
import { bucketLook, userClient } from './s3-bucket-world'

/** Of somebody else. */
const BYSTANDER = 'images-of-somebody-else'

const isBuckets = (host: string): boolean => host.includes('cloud-object-storage')

/** IBM Cloud, and clusters that have their images there, in instances of their own. */
export const ibmFaultCloud = async (server: S3Server): Promise<FaultCloud> => {
  const ibm = await startIbmCloud({ s3: server })
  const { account } = ibm
  const s3 = userClient(server)
  const world = ibmCosWorld(account, s3, { suspends: false })
  await s3.createBucket({ Bucket: BYSTANDER })
  await s3.putObject({ Bucket: BYSTANDER, Key: 'image', Body: 'of somebody else' })
  const target = { port: ibm.port }
  const names = Object.keys(ibm.hosts)
  const hosts = [
    { target, dialect: 'ibm', hosts: names.filter((name) => !isBuckets(name)) },
    { target, dialect: 's3', hosts: names.filter(isBuckets) },
  ] as const
  const bucketOf = ({ parts }: StorageTarget): string =>
    parts.find(({ kind }) => kind === 'bucket')?.name ?? ''
  return {
    lane: async () => ({
      ...(await faultyNetwork(hosts, 'IbmCos')),
      facts: (name) => [
        ...clusterOn(name, {
          type: 'IBMCloud',
          ibmcloud: { location: 'us-south', resourceGroupName: 'cluster-group' },
        }),
        mintedSecret({ ibmcloud_api_key: account.apiKey }),
      ],
      spec: { managementState: 'Managed', replicas: 1, storage: { ibmcos: {} } },
    }),
    look: async (wanted) => {
      const bucket = await bucketLook(s3, bucketOf(wanted))
      const instances = livingInstances(account, wanted)
      const keys = livingKeys(account, wanted)
      if (bucket === undefined && instances.length + keys.length === 0) return undefined
      return {
        bucket,
        instances: instances.map(({ name, state, parameters }) => ({ name, state, parameters })),
        keys: keys.map(({ name, state, parameters, role }) => ({ name, state, parameters, role })),
      }
    },
    put: (wanted) => world.put(wanted, ['docker/image']),
    everything: async () => {
      const { Buckets = [] } = await s3.listBuckets({})
      return [
        ...Buckets.map(({ Name = '' }) => Name).filter((name) => name !== BYSTANDER),
        ...account.instances.filter(({ state }) => state === 'active').map(({ crn }) => crn),
        ...account.keys.filter(({ state }) => state === 'active').map(({ crn }) => crn),
      ]
    },
    bystander: () => bucketLook(s3, BYSTANDER),
    tellsPresence: ({ method, path }) =>
      method === 'HEAD' || /\/v2\/resource_(instances|keys)(\?|\/[^/]+$|$)/.test(path),
    stop: async () => {
      s3.destroy()
      await ibm.stop()
      await server.stop()
    },
  }
}
