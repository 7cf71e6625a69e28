import { type ClusterClient, clusterClient } from '../cluster/cluster-client'
import { type ControlPlane, startControlPlane } from '../cluster/control-plane'
import { loadManifests } from '../cluster/load-manifests'
import { startSimulatedNodes } from '../cluster/simulated-nodes'
import type { Simulation } from '../cluster/simulation'
import { kubernetesInstallation } from './kubernetes-installation'
import { OPERATOR_GROUPS, OPERATOR_USER } from './openshift-cluster'

/** What the nodes say of the machines that they are. */
export type Machines = Readonly<{
  /** `spec.providerID` of every node; none if not given. */
  providerId?: string
  /** Further labels of every node. */
  labels?: Readonly<Record<string, string>>
}>

/** Plain Kubernetes with what `install` prints there, but no operator yet. */
export type SimulatedKubernetes = Readonly<{
  controlPlane: ControlPlane
  /** May do everything. */
  client: ClusterClient
  /** May do what `install` allows the operator. */
  operatorKubeconfigPath: string
  /** The variables of the operator's environment that `install` prints. */
  operatorVariables: Readonly<Record<string, string>>
  /** Other machines take the place of the nodes. */
  moveTo: (machines: Machines) => Promise<void>
  stop: () => Promise<void>
}>

const NODE_COUNT = 2
const nodesPath = '/api/v1/nodes'

type Movable = Pick<SimulatedKubernetes, 'moveTo' | 'stop'>

const movableNodes = (controlPlane: ControlPlane, client: ClusterClient): Movable => {
  let nodes: Simulation = { stop: async () => undefined }
  return {
    moveTo: async (machines) => {
      await nodes.stop()
      for (const { metadata } of await client.list(nodesPath))
        await client.send('DELETE', `${nodesPath}/${metadata.name}`)
      nodes = await startSimulatedNodes(controlPlane, { count: NODE_COUNT, ...machines })
    },
    stop: () => nodes.stop(),
  }
}

/** Starts it, on machines that are in no cloud. */
export const startSimulatedKubernetes = async (): Promise<SimulatedKubernetes> => {
  const controlPlane = await startControlPlane({ auditLog: false })
  const client = clusterClient(controlPlane.kubeconfigPath, 'e2e-test')
  const { moveTo, stop: stopNodes } = movableNodes(controlPlane, client)
  const stop = async (): Promise<void> => {
    await stopNodes()
    client.close()
    await controlPlane.stop()
  }
  try {
    const { furniture, variables } = await kubernetesInstallation()
    await loadManifests(controlPlane, furniture, 'install')
    await moveTo({})
    const operatorKubeconfigPath = await controlPlane.kubeconfigFor(OPERATOR_USER, OPERATOR_GROUPS)
    const operatorVariables = variables
    return { controlPlane, client, operatorKubeconfigPath, operatorVariables, moveTo, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
