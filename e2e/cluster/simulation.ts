import { type ClusterClient, clusterClient, type KubeObject } from './cluster-client'
import type { ControlPlane } from './control-plane'
import { type Reaction, watchLoop } from './watch-loop'

/** What a simulator needs of a control plane: to be somebody there. */
export type KubeconfigSource = Pick<ControlPlane, 'kubeconfigFor'>

/** Something that acts on the cluster until it is stopped. */
export type Simulation = Readonly<{ stop: () => Promise<void> }>

/** What a simulated controller watches, and what it does about each object. */
export type Watched = Readonly<{ path: string; react: (client: ClusterClient) => Reaction }>

/** Starts a controller under a name that is both its user and its user agent in the audit log. */
export const startSimulation = async (
  controlPlane: KubeconfigSource,
  name: string,
  watched: ReadonlyArray<Watched>,
): Promise<Simulation> => {
  const client = clusterClient(await controlPlane.kubeconfigFor(name, ['system:masters']), name)
  const ending = new AbortController()
  const loops = watched.map(({ path, react }) =>
    watchLoop(client, path, react(client), ending.signal),
  )
  return {
    stop: async () => {
      ending.abort()
      await Promise.all(loops)
      client.close()
    },
  }
}

/** Changes fields of an object, and leaves the others. */
export const mergePatch = (
  client: ClusterClient,
  path: string,
  patch: unknown,
): Promise<KubeObject> => client.send('PATCH', path, patch, 'application/merge-patch+json')
