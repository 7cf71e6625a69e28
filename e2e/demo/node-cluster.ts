import { clusterClient } from '../cluster/cluster-client'
import { watchLoop } from '../cluster/watch-loop'
import { furnishKubernetes, startOperatorPod } from '../harness/kubernetes-cluster'
import type { KubernetesInstallation } from '../harness/kubernetes-installation'
import { podAddress, podLog, podProblem, podsPath, untilPodReady } from '../harness/pods'
import { type RealCluster, startRealCluster } from '../node/real-cluster'
import type { DemoCluster } from './demo-cluster'
import type { DemoOperator } from './demo-operator'
import { type Printer, seconds } from './printer'
import { registryShow, toTryWith } from './registry-show'
import { kubernetesSample } from './sample-configs'

const METRICS_PORT = 8080

const operatorMetrics = async ({ client, node }: RealCluster): Promise<string> => {
  const address = podAddress(await untilPodReady(client, 'operator')) ?? ''
  const port = await node.reach(address, METRICS_PORT)
  return (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
}

/** Resolves with what is wrong as soon as a pod of the operator cannot run. */
const untilHopeless = ({ client }: RealCluster, signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => {
    void watchLoop(
      client,
      podsPath('operator'),
      async (pod) => {
        const problem = podProblem(pod)
        if (problem !== undefined) resolve(`${problem}\n${await podLog(client, pod)}`)
      },
      signal,
    )
  })

/** The operator as its Deployment runs it. */
const operatorAsPod = async (
  cluster: RealCluster,
  installation: KubernetesInstallation,
): Promise<DemoOperator> => {
  const watching = new AbortController()
  await startOperatorPod(cluster, installation)
  return {
    what: 'deployed as install prints it: its own image, its own permissions, a restricted pod',
    ended: untilHopeless(cluster, watching.signal),
    metrics: () => operatorMetrics(cluster),
    // It ends with its node.
    stop: async () => watching.abort(),
  }
}

const started = async (print: Printer): Promise<RealCluster | undefined> => {
  const controlPlane = { auditLog: false }
  try {
    return await startRealCluster({ controlPlane, onProgress: print.progress })
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    print.note(`A node cannot run here: ${said.trim().split('\n').slice(0, 3).join(' ')}`)
    return undefined
  }
}

/** A control plane with a node on which pods run, as plain Kubernetes is; undefined, and it is said why, where no node runs. */
export const nodeCluster = async (print: Printer): Promise<DemoCluster | undefined> => {
  const cluster = await started(print)
  if (cluster === undefined) return undefined
  const { controlPlane, node, stop } = cluster
  try {
    const ready = `ready after ${seconds(print.elapsedMs())}`
    const installation = await furnishKubernetes(cluster, print.progress)
    const client = clusterClient(controlPlane.kubeconfigPath, 'demo')
    const programs = Object.keys({ ...controlPlane.pids(), ...node.pids() })
    return {
      what: `plain Kubernetes with a real node, ${ready}: ${programs.filter((name) => name !== 'init').join(', ')}`,
      sample: kubernetesSample,
      kubeconfigPath: controlPlane.kubeconfigPath,
      releaseEnv: installation.variables,
      client,
      startOperator: () => operatorAsPod(cluster, installation),
      showRegistry: registryShow(cluster),
      toTry: toTryWith(cluster),
      stop: async () => {
        client.close()
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}
