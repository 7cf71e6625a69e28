import { buildControlPlane } from '../cluster/build'
import { type ClusterClient, clusterClient } from '../cluster/cluster-client'
import {
  type ControlPlane,
  type ControlPlaneOptions,
  startControlPlane,
} from '../cluster/control-plane'
import { type Definitions, furnished, NODE_COUNT } from './furnished'

/** The identity that `install` gives to the operator; its requests are told apart by it. */
export const OPERATOR_USER =
  'system:serviceaccount:openshift-image-registry:cluster-image-registry-operator'

/** Those of every ServiceAccount of its namespace. */
export const OPERATOR_GROUPS = [
  'system:serviceaccounts',
  'system:serviceaccounts:openshift-image-registry',
  'system:authenticated',
]

export type OpenshiftCluster = Readonly<{
  controlPlane: ControlPlane
  /** True if Deployments and claims are only said to be ready, for want of the programs that would see to it. */
  controllersAreSimulated: boolean
  /** May do everything. */
  client: ClusterClient
  /** May do what `install` allows the operator. */
  operatorKubeconfigPath: string
  stop: () => Promise<void>
}>

export type OpenshiftClusterOptions = Omit<ControlPlaneOptions, 'binaries' | 'controllers'> &
  Readonly<{
    /** Whether the cluster may do without a controller manager and a scheduler, if there are none; false if not given. */
    maySimulateControllers?: boolean
    /** Whose definitions the kinds of OpenShift have; ours if not given. */
    definitions?: Definitions
    /** How many nodes it has; NODE_COUNT if not given. */
    nodeCount?: number
  }>

/** A cluster that looks like OpenShift and has everything that `install` prints, but no operator yet. */
export const startOpenshiftCluster = async (
  options: OpenshiftClusterOptions = {},
): Promise<OpenshiftCluster> => {
  const {
    maySimulateControllers = false,
    definitions = 'ours',
    nodeCount = NODE_COUNT,
    onProgress,
    ...others
  } = options
  const progress = onProgress === undefined ? {} : { onProgress }
  const binaries = await buildControlPlane(progress)
  const { 'kube-controller-manager': manager, 'kube-scheduler': scheduler } = binaries.paths
  const controllersAreSimulated =
    maySimulateControllers && (manager === undefined || scheduler === undefined)
  const controllers = !controllersAreSimulated
  const controlPlane = await startControlPlane({ ...others, ...progress, binaries, controllers })
  try {
    const simulations = await furnished(controlPlane, {
      controllersAreSimulated,
      definitions,
      nodeCount,
      ...progress,
    })
    const client = clusterClient(controlPlane.kubeconfigPath, 'e2e-test')
    const operatorKubeconfigPath = await controlPlane.kubeconfigFor(OPERATOR_USER, OPERATOR_GROUPS)
    const stop = async (): Promise<void> => {
      client.close()
      await simulations.stop()
      await controlPlane.stop()
    }
    return { controlPlane, controllersAreSimulated, client, operatorKubeconfigPath, stop }
  } catch (error) {
    await controlPlane.stop()
    throw error
  }
}
