import type { KubeObject } from '../cluster/cluster-client'
import type { ControlPlane } from '../cluster/control-plane'
import { loadManifests, manifestsIn, openshiftFacts } from '../cluster/load-manifests'
import { clusterDefinitions, registryDefinitions } from '../cluster/openshift-api'
import { startOpenshiftControllers } from '../cluster/openshift-controllers'
import { startSimulatedControllers } from '../cluster/simulated-controllers'
import { startSimulatedNodes } from '../cluster/simulated-nodes'
import type { Simulation } from '../cluster/simulation'
import { asYaml, installedObjects } from './installed-objects'

/** An API server, with a way in for everybody who plays a part in the cluster. */
export type BareCluster = Pick<ControlPlane, 'kubeconfigPath' | 'kubeconfigFor'>

/**
 * Whose definitions the kinds of OpenShift have: ours, which of the cluster's own kinds keep every field, or those of
 * openshift/api, which check all of them. Nobody defines ImageStream but us: OpenShift serves it otherwise.
 */
export type Definitions = 'ours' | 'openshift-api'

export type Furnishing = Readonly<{
  controllersAreSimulated: boolean
  /** Ours if not given. */
  definitions?: Definitions
  /** NODE_COUNT if not given. */
  nodeCount?: number
  onProgress?: (line: string) => void
}>

/** How many nodes a cluster has unless somebody asks for more. */
export const NODE_COUNT = 2

const isSameAs =
  ({ kind, metadata }: KubeObject) =>
  (other: KubeObject): boolean =>
    other.kind === kind && other.metadata.name === metadata.name

/** Objects with others in the place of those that they stand for. */
const replacedBy = (
  others: ReadonlyArray<KubeObject>,
  objects: ReadonlyArray<KubeObject>,
): ReadonlyArray<KubeObject> => [
  ...others,
  ...objects.filter((object) => !others.some(isSameAs(object))),
]

const manifestsOf = async (yaml: Promise<string>): Promise<ReadonlyArray<KubeObject>> =>
  manifestsIn(`${await yaml}\n`)

type Furniture = Readonly<{
  facts: ReadonlyArray<KubeObject>
  installed: ReadonlyArray<KubeObject>
}>

const furniture = async (definitions: Definitions): Promise<Furniture> => {
  const facts = manifestsIn(openshiftFacts)
  const installed = await installedObjects()
  return definitions === 'ours'
    ? { facts, installed }
    : {
        facts: replacedBy(await manifestsOf(clusterDefinitions()), facts),
        installed: replacedBy(await manifestsOf(registryDefinitions()), installed),
      }
}

/** Makes an API server into an OpenShift cluster: facts, nodes, controllers, and what `install` prints. */
export const furnished = async (
  cluster: BareCluster,
  {
    controllersAreSimulated,
    definitions = 'ours',
    nodeCount = NODE_COUNT,
    onProgress = () => undefined,
  }: Furnishing,
): Promise<Simulation> => {
  onProgress("loading the operator's definitions and permissions, and the facts of OpenShift")
  const { facts, installed } = await furniture(definitions)
  // Namespaces first: one of the permissions is for a namespace of OpenShift's.
  await loadManifests(cluster, asYaml(facts))
  await loadManifests(cluster, asYaml(installed), 'install')
  const simulations = await Promise.all([
    startSimulatedNodes(cluster, { count: nodeCount }),
    startOpenshiftControllers(cluster),
    ...(controllersAreSimulated ? [startSimulatedControllers(cluster)] : []),
  ])
  return {
    stop: async () => {
      await Promise.all(simulations.map((simulation) => simulation.stop()))
    },
  }
}
