import type { KubeObject } from '../../cluster/cluster-client'
import { userClient } from '../../cases/storage/s3-bucket-world'
import { startFaults } from '../../storage-servers/faults/faults'
import { startFront } from '../../storage-servers/front/front'
import { addInstance, addKey, type IbmAccount } from '../../storage-servers/ibm/ibm-account'
import { startIbmCloud } from '../../storage-servers/ibm/ibm-cloud'
import { startMoto } from '../../storage-servers/s3/moto'
import { MINTED_SECRET } from './cloud-cluster'
import { storageName } from './config-storage'
import { heldRequests } from './held-requests'
import type { Credentials, LifeCycleBackend, OwnStorage } from './life-cycle-backend'
import { allBuckets, CLEAN_UP_RULE, objectsOf, UID_MARK } from './s3-life-cycle'

const LOCATION = 'us-south'
const GROUP = 'cluster-group'
const WRITER = 'crn:v1:bluemix:public:iam::::serviceRole:Writer'
const NAME = 'demo-x7k2p-image-registry'

const isLiving = ({ state }: Readonly<{ state: string }>): boolean =>
  state === 'active' || state === 'provisioning'

/** Instances and keys that are not gone, and all buckets with their settings. */
const allOfAccount = async (
  { instances, keys }: IbmAccount,
  buckets: () => Promise<unknown>,
): Promise<unknown> => ({
  instances: instances
    .filter(isLiving)
    .map(({ name, tags, parameters }) => ({ name, tags, parameters })),
  keys: keys.filter(isLiving).map(({ name, role }) => ({ name, role })),
  buckets: await buckets(),
})

const minted = (apiKey: string): Credentials => ({ ibmcloud_api_key: apiKey })

/** IBM Cloud by its own host names: an instance of the service, a key of it, and a bucket. */
export const ibmCos = async (): Promise<LifeCycleBackend> => {
  const moto = await startMoto()
  const ibm = await startIbmCloud({ s3: moto })
  const faults = await startFaults({ target: { port: ibm.port }, dialect: 's3' })
  const hosts = Object.fromEntries(
    Object.keys(ibm.hosts).map((host) => [host, { port: faults.port }]),
  )
  const front = await startFront({ hosts })
  const s3 = userClient(moto)
  const { account } = ibm
  const look = (): Promise<unknown> => allOfAccount(account, () => allBuckets(s3))
  const ownBucket = async (): Promise<OwnStorage> => {
    const Bucket = 'images-of-a-user'
    const group = account.groups.find(({ name }) => name === GROUP)
    const createdBy = 'IBMid-somebody'
    const instance = addInstance(account, {
      name: 'of-a-user',
      resourceGroupId: group?.id ?? '',
      tags: ['team:blue'],
      parameters: {},
      createdBy,
      looksUntilActive: 0,
    })
    const key = addKey(account, instance, {
      name: 'of-a-user',
      role: WRITER,
      parameters: { HMAC: true },
      createdBy,
      refusalsLeft: 0,
    })
    await s3.createBucket({ Bucket })
    account.bucketOwners.set(Bucket, instance.crn)
    for (const Key of ['index', 'docker/of-a-user'])
      await s3.putObject({ Bucket, Key, Body: `what is in ${Key}` })
    return {
      spec: {
        ibmcos: {
          bucket: Bucket,
          location: LOCATION,
          resourceGroupName: GROUP,
          serviceInstanceCRN: instance.crn,
          resourceKeyCRN: key.crn,
        },
      },
      look: async () => ({ settings: await look(), objects: await objectsOf(s3, Bucket) }),
    }
  }
  return {
    platform: {
      type: 'IBMCloud',
      ibmcloud: { location: LOCATION, resourceGroupName: GROUP },
    },
    registry: { build: 'distribution-3.1', program: 'distribution-3' },
    network: front,
    secret: MINTED_SECRET,
    credentials: minted(account.apiKey),
    wrong: minted('an API key that is wrong'),
    look,
    nothing: { instances: [], keys: [], buckets: {} },
    made: (config: KubeObject) => ({
      instances: [
        {
          name: NAME,
          tags: ['kubernetes.io_cluster_demo-x7k2p:owned'],
          parameters: { [UID_MARK]: config.metadata.uid },
        },
      ],
      keys: [{ name: NAME, role: WRITER }],
      buckets: {
        [storageName(config, ['ibmcos', 'bucket'])]: {
          tags: {},
          publicAccess: undefined,
          encryption: [],
          rules: [CLEAN_UP_RULE],
        },
      },
    }),
    drift: async () => {
      const { Buckets = [] } = await s3.listBuckets({})
      for (const { Name: Bucket = '' } of Buckets) await s3.deleteBucketLifecycle({ Bucket })
    },
    gate: heldRequests(
      faults,
      ({ method, path }) => method === 'POST' && path.startsWith('/v2/resource_instances'),
    ),
    requests: faults.requests,
    own: ownBucket,
    stop: async () => {
      s3.destroy()
      for (const server of [front, faults, ibm, moto]) await server.stop()
    },
  }
}
