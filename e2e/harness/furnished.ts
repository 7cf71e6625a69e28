import type { ControlPlane } from '../cluster/control-plane'
import { loadManifests, openshiftFacts } from '../cluster/load-manifests'
import { startOpenshiftControllers } from '../cluster/openshift-controllers'
import { startSimulatedControllers } from '../cluster/simulated-controllers'
import { startSimulatedNodes } from '../cluster/simulated-nodes'
import type { Simulation } from '../cluster/simulation'
import { asYaml, installedObjects } from './installed-objects'

/** An API server, with a way in for everybody who plays a part in the cluster. */
export type BareCluster = Pick<ControlPlane, 'kubeconfigPath' | 'kubeconfigFor'>

export type Furnishing = Readonly<{
  controllersAreSimulated: boolean
  onProgress?: (line: string) => void
}>

/** How many nodes a cluster has. */
export const NODE_COUNT = 2

/** Makes an API server into an OpenShift cluster: facts, nodes, controllers, and what `install` prints. */
export const furnished = async (
  cluster: BareCluster,
  { controllersAreSimulated, onProgress = () => undefined }: Furnishing,
): Promise<Simulation> => {
  onProgress("loading the operator's definitions and permissions, and the facts of OpenShift")
  // Namespaces first: one of the permissions is for a namespace of OpenShift's.
  await loadManifests(cluster, openshiftFacts)
  await loadManifests(cluster, asYaml(await installedObjects()), 'install')
  const simulations = await Promise.all([
    startSimulatedNodes(cluster, { count: NODE_COUNT }),
    startOpenshiftControllers(cluster),
    ...(controllersAreSimulated ? [startSimulatedControllers(cluster)] : []),
  ])
  return {
    stop: async () => {
      await Promise.all(simulations.map((simulation) => simulation.stop()))
    },
  }
}
