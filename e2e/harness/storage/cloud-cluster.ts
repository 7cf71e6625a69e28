import type { ClusterClient, KubeObject } from '../../cluster/cluster-client'
import { mergePatch } from '../../cluster/simulation'
import type { Network } from '../../storage-servers/front/request-through'
import { infrastructurePath, proxyPath } from '../cluster-status'
import { eventually } from '../eventually'
import { clusterOperatorPath, configPath, deploymentPath } from '../registry-objects'
import type { PlatformStatus } from './life-cycle-backend'

const NAMESPACE = '/api/v1/namespaces/openshift-image-registry'
const secretsPath = `${NAMESPACE}/secrets`
const trustedCaPath = `${NAMESPACE}/configmaps/trusted-ca`
const leasePath =
  '/apis/coordination.k8s.io/v1/namespaces/openshift-image-registry/leases/openshift-master-controllers'

/** The Secret that the registry's pods get. */
const PODS_SECRET = 'image-registry-private-configuration'

/** The Secrets that credentials are in: a person's, and the cluster's. */
export const USER_SECRET = 'image-registry-private-configuration-user'
export const MINTED_SECRET = 'installer-cloud-credentials'

const gone = (client: ClusterClient, path: string): Promise<true> =>
  eventually(`${path} is gone`, async () => {
    await client.request('DELETE', path)
    return (await client.request('GET', path)).code === 404 ? true : undefined
  })

/** A killed operator cannot release its lease; its successor would wait until it runs out. */
export const forgetLease = async (client: ClusterClient): Promise<void> => {
  await client.request('DELETE', leasePath)
}

/** The Config goes without anybody who would take its finalizer away, and what the registry consists of with it. */
export const forgetRegistry = async (client: ClusterClient): Promise<void> => {
  const { code } = await client.request('DELETE', configPath)
  if (code === 200) await mergePatch(client, configPath, { metadata: { finalizers: null } })
  for (const path of [configPath, clusterOperatorPath, deploymentPath]) await gone(client, path)
  for (const name of [PODS_SECRET, USER_SECRET, MINTED_SECRET])
    await gone(client, `${secretsPath}/${name}`)
  await forgetLease(client)
}

/** The Infrastructure says that the cluster runs there. */
export const setPlatformStatus = (
  client: ClusterClient,
  platformStatus: PlatformStatus,
): Promise<KubeObject> =>
  // What an earlier platform has said of itself goes with it.
  mergePatch(client, `${infrastructurePath}/status`, {
    status: {
      platform: platformStatus.type,
      platformStatus: {
        ...Object.fromEntries(
          ['aws', 'gcp', 'azure', 'openstack', 'ibmcloud'].map((cloud) => [cloud, null]),
        ),
        ...platformStatus,
      },
    },
  })

/** The cluster has this proxy, or none, and trusts whoever signs for what is behind it. */
export const setNetwork = async (
  client: ClusterClient,
  network: Network | undefined,
): Promise<void> => {
  const url = network?.proxyUrl ?? null
  await mergePatch(client, `${proxyPath}/status`, { status: { httpProxy: url, httpsProxy: url } })
  await mergePatch(client, trustedCaPath, {
    data: { 'ca-bundle.crt': network?.authorities ?? '# not a certificate\n' },
  })
}

/** A Secret of the registry's namespace has these entries and no others. */
export const setSecret = async (
  client: ClusterClient,
  name: string,
  stringData: Readonly<Record<string, string>>,
): Promise<void> => {
  const data = Object.fromEntries(
    Object.entries(stringData).map(([key, text]) => [key, Buffer.from(text).toString('base64')]),
  )
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name }, data }
  const { code } = await client.request('PUT', `${secretsPath}/${name}`, secret)
  if (code === 404) await client.send('POST', secretsPath, secret)
}

/** The entries of the Secret that the registry's pods get. */
export const podsSecret = async (client: ClusterClient): Promise<unknown> =>
  (await client.send('GET', `${secretsPath}/${PODS_SECRET}`))['data']

/** The Deployment of the registry and all that it may refer to. */
export const podObjects = async (client: ClusterClient): Promise<ReadonlyArray<KubeObject>> => {
  const ofKind = async (kind: string, path: string): Promise<ReadonlyArray<KubeObject>> =>
    // A list does not repeat the kind of its items.
    (await client.list(path)).map((object) => ({ ...object, kind }))
  return [
    await client.send('GET', deploymentPath),
    ...(await ofKind('Secret', secretsPath)),
    ...(await ofKind('ConfigMap', `${NAMESPACE}/configmaps`)),
  ]
}
