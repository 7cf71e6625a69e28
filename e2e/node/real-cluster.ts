import { type ClusterClient, clusterClient } from '../cluster/cluster-client'
import {
  type ControlPlane,
  type ControlPlaneOptions,
  startControlPlane,
} from '../cluster/control-plane'
import { makeApiServerGateway } from './api-server-gateway'
import { startClaimedVolumes } from './claimed-volumes'
import { type Node, type NodeOptions, startNode } from './node'

/** A control plane with a real node, on which pods run. */
export type RealCluster = Readonly<{
  controlPlane: ControlPlane
  node: Node
  /** May do everything. */
  client: ClusterClient
  stop: () => Promise<void>
}>

export type RealClusterOptions = Readonly<{
  controlPlane?: ControlPlaneOptions
  node?: Omit<NodeOptions, 'gateway'>
  /** Called when the control plane is there, before the node. */
  furnish?: (controlPlane: ControlPlane) => Promise<void>
  onProgress?: (line: string) => void
}>

type Started = Readonly<{ stop: () => Promise<void> }>

/** Ends what was started last first. */
const stopAll = async (started: ReadonlyArray<Started>): Promise<void> => {
  for (const each of [...started].reverse()) await each.stop()
}

/** Starts a cluster in which a pod is a pod; claims of storage get a folder of the node. */
export const startRealCluster = async (options: RealClusterOptions = {}): Promise<RealCluster> => {
  const progress = options.onProgress === undefined ? {} : { onProgress: options.onProgress }
  const { controlPlane: asked = {}, furnish = async () => undefined } = options
  const gateway = await makeApiServerGateway()
  const started: Array<Started> = [{ stop: gateway.remove }]
  try {
    const controlPlane = await startControlPlane({
      ...progress,
      ...asked,
      apiServerFlags: [...gateway.apiServerFlags, ...(asked.apiServerFlags ?? [])],
    })
    started.push(controlPlane)
    await furnish(controlPlane)
    const client = clusterClient(controlPlane.kubeconfigPath, 'e2e-test')
    started.push({ stop: async () => client.close() })
    const node = await startNode(controlPlane, { ...progress, ...options.node, gateway })
    started.push(node)
    started.push(await startClaimedVolumes(controlPlane, client, node))
    return { controlPlane, node, client, stop: () => stopAll(started) }
  } catch (error) {
    await stopAll(started)
    throw error
  }
}
