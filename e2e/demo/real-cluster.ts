import { startOpenshiftCluster } from '../harness/openshift-cluster'
import type { DemoCluster } from './demo-cluster'
import { type Printer, seconds } from './printer'

/** A control plane on this machine, built if it is not there yet. */
export const realCluster = async (print: Printer, keepFolder: boolean): Promise<DemoCluster> => {
  const { controlPlane, client, operatorKubeconfigPath, stop } = await startOpenshiftCluster({
    keepFolder,
    onProgress: print.progress,
  })
  return {
    what: `a real control plane on loopback with 2 simulated nodes, ready after ${seconds(print.elapsedMs())}`,
    kubeconfigPath: controlPlane.kubeconfigPath,
    operatorKubeconfigPath,
    client,
    stop,
  }
}
