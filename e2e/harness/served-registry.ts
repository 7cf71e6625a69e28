import type { ClusterClient } from '../cluster/cluster-client'
import { type RealCluster, startRealCluster } from '../node/real-cluster'
import type { RegistryAccess } from '../storage-servers/registry/registry-request'
import { ANN, ANNS_LINE } from '../storage-servers/registry/registry-user'
import { startMinio } from '../storage-servers/s3/minio'
import type { S3Server } from '../storage-servers/s3/s3-server'
import { type ConditionTurns, conditionTurns } from './condition-turns'
import { applyConfig, untilComplete } from './config-status'
import { eventually } from './eventually'
import { furnishKubernetes, startOperatorPod } from './kubernetes-cluster'
import { anonymousStatus, registryAccess } from './registry-round-trip'

const secrets = '/api/v1/namespaces/openshift-image-registry/secrets'

/** What the operator and the registry take to start on a very slow machine. */
export const COMPLETE_MS = 240_000

/** A registry on a real node, made by the operator in a pod of its own. */
export type ServedRegistry = Readonly<{
  cluster: RealCluster
  client: ClusterClient
  /** As ann reaches it by the address of its Service. */
  registry: RegistryAccess
  /** What the conditions of the Config have been since there is one. */
  turns: ConditionTurns
  /** Applies the Config with other fields than it began with. */
  configure: (changes: object) => Promise<unknown>
  stop: () => Promise<void>
}>

const makeSecret = (
  client: ClusterClient,
  name: string,
  stringData: Readonly<Record<string, string>>,
): Promise<unknown> =>
  client.send('POST', secrets, { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData })

/** What a Config says to have its images in a server of S3 on this machine; makes the Secret of the credentials. */
const storageOn = async (
  { client, node }: Pick<RealCluster, 'client' | 'node'>,
  { port, region, accessKey, secretKey }: S3Server,
): Promise<object> => {
  await makeSecret(client, 'image-registry-private-configuration-user', {
    REGISTRY_STORAGE_S3_ACCESSKEY: accessKey,
    REGISTRY_STORAGE_S3_SECRETKEY: secretKey,
  })
  return { s3: { region, regionEndpoint: `http://${await node.expose(port)}` } }
}

/**
 * Starts a cluster, the operator in it, and lets it make the registry of a Config; returns once that answers. Its user is
 * ann: the first user's password takes the registry a tenth of a second at each request, and these are many.
 */
export const startServedRegistry = async (
  specFor: (cluster: RealCluster) => Promise<object>,
): Promise<ServedRegistry> => {
  const cluster = await startRealCluster()
  const { client } = cluster
  const turns = conditionTurns(client)
  const stop = async (): Promise<void> => {
    await turns.stop()
    await cluster.stop()
  }
  try {
    const installation = await furnishKubernetes(cluster)
    await makeSecret(client, 'image-registry-users', { htpasswd: `${ANNS_LINE}\n` })
    const spec = await specFor(cluster)
    await applyConfig(client, spec)
    await startOperatorPod(cluster, installation)
    await untilComplete(client, COMPLETE_MS)
    const registry = { ...(await registryAccess(client, cluster.node)), user: ANN }
    // Its Service may lead nowhere for a moment.
    await eventually('the registry answers', () => anonymousStatus(registry).catch(() => undefined))
    const configure = (changes: object): Promise<unknown> =>
      applyConfig(client, { ...spec, ...changes })
    return { cluster, client, registry, turns, configure, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The same for a Config whose images are in a bucket, which the operator makes, of a MinIO on this machine. */
export const startRegistryOnS3 = async (spec: object): Promise<ServedRegistry> => {
  const minio = await startMinio()
  try {
    const served = await startServedRegistry(async (cluster) => ({
      ...spec,
      // This machine cannot follow to where pods find the storage; so all bytes go through the pods.
      disableRedirect: true,
      storage: await storageOn(cluster, minio),
    }))
    const stop = async (): Promise<void> => {
      await served.stop()
      await minio.stop()
    }
    return { ...served, stop }
  } catch (error) {
    await minio.stop()
    throw error
  }
}
