import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import { mergePatch } from '../cluster/simulation'
import { eventually } from './eventually'
import { configPath } from './registry-objects'

const infrastructures = '/apis/config.openshift.io/v1/infrastructures'
const infrastructurePath = `${infrastructures}/cluster`

/** The cluster's Infrastructure goes; gives what it was. */
export const removeInfrastructure = async (client: ClusterClient): Promise<KubeObject> => {
  const before = await client.send('GET', infrastructurePath)
  await client.send('DELETE', infrastructurePath)
  return before
}

/** The cluster gets an Infrastructure that says nothing of the platform yet. */
export const addInfrastructure = (
  client: ClusterClient,
  { apiVersion, kind, spec }: KubeObject,
): Promise<KubeObject> =>
  client.send('POST', infrastructures, { apiVersion, kind, metadata: { name: 'cluster' }, spec })

/** The Infrastructure says that this is the platform. */
export const setPlatform = (client: ClusterClient, type: string): Promise<KubeObject> =>
  mergePatch(client, `${infrastructurePath}/status`, {
    status: {
      infrastructureName: 'demo-x7k2p',
      platform: type,
      platformStatus: { type },
      controlPlaneTopology: 'HighlyAvailable',
      infrastructureTopology: 'HighlyAvailable',
    },
  })

/** The uid of the Config, empty where there is none. */
const uidOfConfig = async (client: ClusterClient): Promise<string> => {
  const { code, body } = await client.request('GET', configPath)
  return code === 200 ? ((body as KubeObject).metadata.uid ?? '') : ''
}

/** Deletes the Config, and waits until another one has taken its place. */
export const replacedConfig = async (client: ClusterClient): Promise<KubeObject> => {
  const before = await uidOfConfig(client)
  await client.send('DELETE', configPath)
  await eventually('the Config has been made anew', async () => {
    const uid = await uidOfConfig(client)
    return uid === '' || uid === before ? undefined : uid
  })
  return client.send('GET', configPath)
}
