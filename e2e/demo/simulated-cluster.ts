import { assetsFolder } from '../cluster/binaries'
import { NODE_COUNT } from '../harness/furnished'
import { startOpenshiftCluster } from '../harness/openshift-cluster'
import type { DemoCluster } from './demo-cluster'
import { operatorAsProcess } from './demo-operator'
import { type Printer, seconds } from './printer'
import { openshiftSample } from './sample-configs'

/** A control plane on this machine, built if it is not there yet, with the facts of OpenShift and nodes that only say so. */
export const simulatedCluster = async (print: Printer): Promise<DemoCluster> => {
  const cluster = await startOpenshiftCluster({
    maySimulateControllers: true,
    onProgress: print.progress,
  })
  const { controlPlane, controllersAreSimulated, client, operatorKubeconfigPath, stop } = cluster
  const ready = `ready after ${seconds(print.elapsedMs())}`
  const programs = Object.keys(controlPlane.pids()).join(', ')
  return {
    what: controllersAreSimulated
      ? `${programs} on loopback, ${ready}; as ${assetsFolder()} has no others, controllers are simulated`
      : `${programs} on loopback with ${NODE_COUNT} simulated nodes, ${ready}`,
    sample: openshiftSample,
    kubeconfigPath: controlPlane.kubeconfigPath,
    startOperator: () => operatorAsProcess({ kubeconfigPath: operatorKubeconfigPath }),
    client,
    stop,
  }
}
