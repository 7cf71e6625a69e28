import type { StorageTarget } from '@image-registry-operator/render/model'

import type { FaultCloud } from '../../harness/fault-cloud'
import { faultyNetwork } from '../../harness/fault-network'
import { startFront } from '../../storage-servers/front/front'
import { startGcs } from '../../storage-servers/gcs/gcs'
import { clusterOn, userSecret } from './fault-facts'
import { gcsBucketWorld, gcsUser } from './gcs-bucket-world'
import { startGcsTags, TAGS_LOCATION } from './gcs-tags'

const PROJECT = 'p'
/** Of somebody else. */
const BYSTANDER = 'images-of-somebody-else'

/** What differs from one bucket to the next by chance. */
const VOLATILE = new Set(['id', 'selfLink', 'etag', 'timeCreated', 'updated', 'metageneration'])

const withoutVolatile = (look: unknown): unknown =>
  JSON.parse(JSON.stringify(look ?? null), (key, value: unknown) =>
    VOLATILE.has(key) ? undefined : value,
  ) ?? undefined

/** Google Cloud Storage, and clusters that have their images there. */
export const gcsFaultCloud = async (): Promise<FaultCloud> => {
  const [gcs, tags] = await Promise.all([startGcs(), startGcsTags()])
  const front = await startFront({ hosts: { ...gcs.hosts, ...tags.hosts } })
  const key = gcs.serviceAccountKey(PROJECT)
  const user = await gcsUser(front, key)
  const world = gcsBucketWorld(user, tags)
  await user.ask('POST', `/storage/v1/b?project=${PROJECT}`, { name: BYSTANDER })
  const query = new URLSearchParams({ uploadType: 'media', name: 'image' }).toString()
  await user.ask('POST', `/upload/storage/v1/b/${BYSTANDER}/o?${query}`, 'of somebody else')
  const hosts = [
    { target: { port: gcs.port }, dialect: 'gcs', hosts: Object.keys(gcs.hosts) },
    {
      target: Object.values(tags.hosts)[0] ?? { port: 0 },
      dialect: 'gcs',
      hosts: Object.keys(tags.hosts),
    },
  ] as const
  const namesOf = async (path: string): Promise<ReadonlyArray<string>> => {
    const { items = [] } = (await user.ask('GET', path)).json()
    return (items as ReadonlyArray<{ name: string }>).map(({ name }) => name)
  }
  return {
    lane: async () => ({
      ...(await faultyNetwork(hosts, 'Gcs')),
      facts: (name) => [
        ...clusterOn(name, {
          type: 'GCP',
          gcp: {
            region: TAGS_LOCATION,
            projectID: PROJECT,
            resourceTags: [{ parentID: '1234', key: 'env', value: 'test' }],
          },
        }),
        userSecret({ REGISTRY_STORAGE_GCS_KEYFILE: key }),
      ],
      spec: { managementState: 'Managed', replicas: 1, storage: { gcs: {} } },
    }),
    look: async (target: StorageTarget) => withoutVolatile(await world.look(target)),
    put: (target) => world.put(target, ['docker/image']),
    everything: async () =>
      (await namesOf(`/storage/v1/b?project=${PROJECT}`)).filter((name) => name !== BYSTANDER),
    bystander: async () => [
      (await user.ask('GET', `/storage/v1/b/${BYSTANDER}`)).text,
      await namesOf(`/storage/v1/b/${BYSTANDER}/o`),
    ],
    tellsPresence: ({ method, path }) => method === 'GET' && /^\/storage\/v1\/b\/[^/]+$/.test(path),
    stop: async () => {
      for (const server of [front, tags, gcs]) await server.stop()
    },
  }
}
