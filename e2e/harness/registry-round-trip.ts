import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import type { Node } from '../node/node'
import { digestOf, type Image, newImage } from '../storage-servers/registry/image'
import { manifestOf } from '../storage-servers/registry/image-manifest'
import { pullImage } from '../storage-servers/registry/pull-image'
import { pushImage } from '../storage-servers/registry/push-image'
import { askRegistry, type RegistryAccess } from '../storage-servers/registry/registry-request'

const objects = '/api/v1/namespaces/openshift-image-registry'

/** The name of the registry's Service, for which its certificate is. */
export const SERVER_NAME = 'image-registry.openshift-image-registry.svc'

const REPOSITORY = 'demo/hello'

const dataOf = ({ data }: KubeObject): Readonly<Record<string, string>> =>
  (data ?? {}) as Readonly<Record<string, string>>

const decoded = (encoded = ''): string => Buffer.from(encoded, 'base64').toString('utf8')

/** The first user that the operator has made; undefined where there is none. */
const firstUser = async (client: ClusterClient): Promise<RegistryAccess['user']> => {
  const { code, body } = await client.request('GET', `${objects}/secrets/image-registry-first-user`)
  if (code === 404) return undefined
  // Whatever the API server returns from there is an object.
  const { username, password } = dataOf(body as KubeObject)
  return { name: decoded(username), password: decoded(password) }
}

/** The registry of a cluster as its first user reaches it, with the certificate checked against the operator's authority. */
export const registryAccess = async (
  client: ClusterClient,
  node: Pick<Node, 'reach'>,
): Promise<RegistryAccess> => {
  const service = await client.send('GET', `${objects}/services/image-registry`)
  const trusted = await client.send('GET', `${objects}/configmaps/image-registry-serving-ca`)
  const authorities = dataOf(trusted)['ca.crt']
  // Without any, Node would trust those that the world trusts.
  if (authorities === undefined)
    throw new Error('ConfigMap image-registry-serving-ca has no ca.crt.')
  const { clusterIP } = service['spec'] as Readonly<{ clusterIP: string }>
  const user = await firstUser(client)
  const access = {
    url: `https://127.0.0.1:${await node.reach(clusterIP, 5000)}`,
    authorities,
    serverName: SERVER_NAME,
  }
  return user === undefined ? access : { ...access, user }
}

/** The status of the answer to somebody who says nothing of who it is. */
export const anonymousStatus = async ({
  url,
  authorities,
  serverName = SERVER_NAME,
}: RegistryAccess): Promise<number> =>
  (await askRegistry({ url, authorities, serverName }, { method: 'GET', url: '/v2/' })).status

/** An image that a registry has taken, and the digest by which it knows it. */
export type Pushed = Readonly<{ name: string; digest: string; image: Image }>

/** Pushes a new image of three layers. */
export const pushNewImage = async (registry: RegistryAccess, tag: string): Promise<Pushed> => {
  const name = `${REPOSITORY}:${tag}`
  const image = newImage()
  return { name, image, digest: await pushImage(registry, name, image) }
}

/** Pulls an image; returns the digest of what came, made from its bytes. */
export const pulledDigest = async (registry: RegistryAccess, name: string): Promise<string> =>
  digestOf(manifestOf(await pullImage(registry, name)))
