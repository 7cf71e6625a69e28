import type { ClusterClient } from '../cluster/cluster-client'
import { loadManifests } from '../cluster/load-manifests'
import { startControlPlane, type ControlPlane } from '../cluster/control-plane'
import { clusterClient } from '../cluster/cluster-client'
import { startSimulatedNodes } from '../cluster/simulated-nodes'
import { furnishKubernetes, startOperatorPod } from '../harness/kubernetes-cluster'
import {
  type KubernetesInstallation,
  kubernetesInstallation,
} from '../harness/kubernetes-installation'
import {
  OPERATOR_GROUPS,
  OPERATOR_USER,
  type OpenshiftClusterOptions,
  startOpenshiftCluster,
} from '../harness/openshift-cluster'
import { type OperatorProcess, releaseEnv, startOperator } from '../harness/operator-process'
import { inNode } from '../node/node-configuration'
import { startRealCluster } from '../node/real-cluster'
import { runWithDeployment } from './deployed-process'
import type { GuideWorld } from './guide-world'

/** A cluster in which the operator runs. */
export type RunningWorld = GuideWorld &
  Readonly<{ client: ClusterClient; stop: () => Promise<void> }>

export type RunningWorldOptions = Readonly<{
  /** Further variables of the operator's environment. */
  operatorEnv?: Readonly<Record<string, string>>
}>

type Started = Readonly<{ stop: () => Promise<unknown> }>

/** Starts one thing after the other; ends those that there are if one does not start. */
const startedWith = async <A>(
  begin: (started: Array<Started>) => Promise<A>,
): Promise<A & Readonly<{ stop: () => Promise<void> }>> => {
  const started: Array<Started> = []
  const stop = async (): Promise<void> => {
    for (const each of [...started].reverse()) await each.stop()
  }
  try {
    return { ...(await begin(started)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const administrator = ({ kubeconfigPath, kubectlPath }: ControlPlane): GuideWorld => ({
  kubeconfigPath,
  kubectlPath,
})

/** The facts of OpenShift on simulated nodes, and the operator as a process. */
export const startOpenshiftWorld = ({
  operatorEnv = {},
  ...options
}: RunningWorldOptions & OpenshiftClusterOptions = {}): Promise<RunningWorld> =>
  startedWith(async (started) => {
    const cluster = await startOpenshiftCluster(options)
    started.push(cluster)
    const { operatorKubeconfigPath: kubeconfigPath } = cluster
    started.push(await startOperator({ kubeconfigPath, env: operatorEnv }))
    return { ...administrator(cluster.controlPlane), env: releaseEnv, client: cluster.client }
  })

type SimulatedKubernetes = Readonly<{
  controlPlane: ControlPlane
  client: ClusterClient
  installation: KubernetesInstallation
  /** Starts the operator, with further variables. */
  start: (env: Readonly<Record<string, string>>) => Promise<OperatorProcess>
}>

const simulatedKubernetes = async (started: Array<Started>): Promise<SimulatedKubernetes> => {
  const controlPlane = await startControlPlane({ auditLog: false })
  started.push(controlPlane)
  const client = clusterClient(controlPlane.kubeconfigPath, 'e2e-test')
  started.push({ stop: async () => client.close() })
  const installation = await kubernetesInstallation()
  await loadManifests(controlPlane, installation.furniture, 'install')
  started.push(await startSimulatedNodes(controlPlane, { count: 2 }))
  const kubeconfigPath = await controlPlane.kubeconfigFor(OPERATOR_USER, OPERATOR_GROUPS)
  return {
    controlPlane,
    client,
    installation,
    start: (env) => startOperator({ kubeconfigPath, env: { ...installation.variables, ...env } }),
  }
}

/** Plain Kubernetes on simulated nodes, with what `install` prints there, and the operator as a process. */
export const startKubernetesWorld = ({
  operatorEnv = {},
}: RunningWorldOptions = {}): Promise<RunningWorld> =>
  startedWith(async (started) => {
    const { controlPlane, client, installation, start } = await simulatedKubernetes(started)
    started.push(await start(operatorEnv))
    return { ...administrator(controlPlane), env: installation.variables, client }
  })

/** The same with the operator's Deployment, too: the process runs for as long as that is there. */
export const startDeployedWorld = (): Promise<RunningWorld> =>
  startedWith(async (started) => {
    const { controlPlane, client, installation, start } = await simulatedKubernetes(started)
    started.push(runWithDeployment(client, () => start({})))
    await loadManifests(controlPlane, installation.operator, 'install')
    return { ...administrator(controlPlane), client }
  })

/** Plain Kubernetes on a real node, where the operator is a pod; the default StorageClass gives folders of the node. */
export const startNodeWorld = (): Promise<RunningWorld> =>
  startedWith(async (started) => {
    const cluster = await startRealCluster({ controlPlane: { auditLog: false } })
    started.push(cluster)
    await startOperatorPod(cluster, await furnishKubernetes(cluster))
    const env = { CERTS_D: inNode.registries }
    return { ...administrator(cluster.controlPlane), env, client: cluster.client }
  })
