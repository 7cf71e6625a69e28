import { type GcsUser, gcsUser } from '../../cases/storage/gcs-bucket-world'
import type { KubeObject } from '../../cluster/cluster-client'
import { startFaults } from '../../storage-servers/faults/faults'
import { startFront } from '../../storage-servers/front/front'
import { startGcs } from '../../storage-servers/gcs/gcs'
import { MINTED_SECRET } from './cloud-cluster'
import { storageName } from './config-storage'
import { heldRequests } from './held-requests'
import type { Credentials, LifeCycleBackend, OwnLook, OwnStorage } from './life-cycle-backend'

const PROJECT = 'project-of-the-cluster'
const REGION = 'europe-west1'
const BUCKETS = '/storage/v1/b'

type Bucket = Readonly<{
  name: string
  labels?: unknown
  iamConfiguration?: unknown
  lifecycle?: unknown
  location?: string
}>
type Item = Readonly<{ name: string; md5Hash: string; generation: string }>

const asked = async (
  { ask }: GcsUser,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> => {
  const answer = await ask(method, path, body)
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
  return answer.json()
}

const allBuckets = async (user: GcsUser): Promise<Readonly<Record<string, unknown>>> => {
  const { items = [] } = await asked(user, 'GET', `${BUCKETS}?project=${PROJECT}`)
  return Object.fromEntries(
    (items as ReadonlyArray<Bucket>).map(({ name, labels, iamConfiguration, lifecycle }) => [
      name,
      { labels, iamConfiguration, lifecycle },
    ]),
  )
}

const hardened = (config: KubeObject): unknown => ({
  [storageName(config, ['gcs', 'bucket'])]: {
    labels: {
      'kubernetes-io-cluster-demo-x7k2p': 'owned',
      'imageregistry-operator-config-uid': config.metadata.uid,
    },
    iamConfiguration: {
      publicAccessPrevention: 'enforced',
      uniformBucketLevelAccess: { enabled: true },
    },
    lifecycle: {
      rule: [{ action: { type: 'AbortIncompleteMultipartUpload' }, condition: { age: 1 } }],
    },
  },
})

const drifted = async (user: GcsUser): Promise<void> => {
  for (const name of Object.keys(await allBuckets(user)))
    await asked(user, 'PATCH', `${BUCKETS}/${name}`, {
      iamConfiguration: { publicAccessPrevention: 'inherited' },
      labels: { 'kubernetes-io-cluster-demo-x7k2p': 'shared' },
    })
}

const ownLook = async (user: GcsUser, bucket: string): Promise<OwnLook> => {
  const { items = [] } = await asked(user, 'GET', `${BUCKETS}/${bucket}/o?versions=true`)
  return {
    settings: await asked(user, 'GET', `${BUCKETS}/${bucket}`),
    objects: Object.fromEntries(
      (items as ReadonlyArray<Item>).map(({ name, md5Hash, generation }) => [
        name,
        `${md5Hash} ${generation}`,
      ]),
    ),
  }
}

/** A bucket of a user's, with labels, a rule and objects. */
const ownBucket = async (user: GcsUser): Promise<OwnStorage> => {
  const bucket = 'images-of-a-user'
  await asked(user, 'POST', `${BUCKETS}?project=${PROJECT}`, {
    name: bucket,
    labels: { team: 'blue' },
    lifecycle: { rule: [{ action: { type: 'Delete' }, condition: { age: 30 } }] },
  })
  for (const name of ['index', 'docker/of-a-user']) {
    const query = new URLSearchParams({ uploadType: 'media', name }).toString()
    await asked(user, 'POST', `/upload${BUCKETS}/${bucket}/o?${query}`, `what is in ${name}`)
  }
  return { spec: { gcs: { bucket } }, look: () => ownLook(user, bucket) }
}

const minted = (key: string): Credentials => ({ 'service_account.json': key })

/** Google Cloud Storage, by its own host names. */
export const gcs = async (): Promise<LifeCycleBackend> => {
  const google = await startGcs()
  const faults = await startFaults({ target: { port: google.port }, dialect: 'gcs' })
  // Users come another way, and are not counted.
  const front = await startFront({
    hosts: { ...google.hosts, 'storage.googleapis.com': { port: faults.port } },
  })
  const user = await gcsUser(front, google.serviceAccountKey(PROJECT))
  const key = google.serviceAccountKey(PROJECT)
  return {
    platform: { type: 'GCP', gcp: { region: REGION, projectID: PROJECT } },
    registry: { build: 'distribution-3.1', program: 'distribution-3' },
    network: front,
    secret: MINTED_SECRET,
    credentials: minted(key),
    rotated: async () => minted(google.serviceAccountKey(PROJECT)),
    wrong: minted(
      JSON.stringify({
        ...(JSON.parse(key) as object),
        client_email: 'nobody@project.iam.gserviceaccount.com',
      }),
    ),
    look: () => allBuckets(user),
    nothing: {},
    made: hardened,
    drift: () => drifted(user),
    gate: heldRequests(
      faults,
      ({ method, path }) => method === 'POST' && path.startsWith(`${BUCKETS}?`),
    ),
    requests: faults.requests,
    own: () => ownBucket(user),
    stop: async () => {
      for (const server of [front, faults, google]) await server.stop()
    },
  }
}
