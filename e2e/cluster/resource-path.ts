import type { ClusterClient, KubeObject } from './cluster-client'

type Resource = Readonly<{ name: string; kind: string; namespaced: boolean }>

/** What the API server says about a kind. */
export type ResourceKind = Readonly<{
  path: string
  plural: string
  namespaced: boolean
  hasStatus: boolean
}>

/** Finds out how a kind is served; undefined while it is not. */
export type ResourceKinds = (
  object: Pick<KubeObject, 'apiVersion' | 'kind'>,
) => Promise<ResourceKind | undefined>

const groupPath = (apiVersion: string): string =>
  apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`

const resourcesOf = async (
  client: ClusterClient,
  apiVersion: string,
): Promise<ReadonlyArray<Resource>> => {
  const { code, body } = await client.request('GET', groupPath(apiVersion))
  return code === 200 ? (body as Readonly<{ resources: ReadonlyArray<Resource> }>).resources : []
}

/** Asks the API server once for each group version, and again for kinds that were not there. */
export const resourceKinds = (client: ClusterClient): ResourceKinds => {
  const known = new Map<string, ReadonlyArray<Resource>>()
  return async ({ apiVersion, kind }) => {
    const isWanted = (resource: Resource): boolean =>
      resource.kind === kind && !resource.name.includes('/')
    if (known.get(apiVersion)?.some(isWanted) !== true) {
      known.set(apiVersion, await resourcesOf(client, apiVersion))
    }
    const resources = known.get(apiVersion) ?? []
    const found = resources.find(isWanted)
    if (found === undefined) return undefined
    const hasStatus = resources.some(({ name }) => name === `${found.name}/status`)
    return {
      path: groupPath(apiVersion),
      plural: found.name,
      namespaced: found.namespaced,
      hasStatus,
    }
  }
}

/** The path of one object. */
export const objectPath = (
  { path, plural, namespaced }: ResourceKind,
  { name, namespace = 'default' }: KubeObject['metadata'],
): string => `${path}${namespaced ? `/namespaces/${namespace}` : ''}/${plural}/${name}`
