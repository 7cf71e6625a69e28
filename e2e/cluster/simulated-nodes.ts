import { type ClusterClient, clusterClient, type KubeObject } from './cluster-client'
import { type PodOutcome, type PodSpec, simulatedPodStatus } from './simulated-pod-status'
import { type KubeconfigSource, startSimulation, type Watched } from './simulation'

export type SimulatedNodesOptions = Readonly<{
  /** How many; they are named worker-0, worker-1, … */
  count: number
  /** Zones, dealt to the nodes in turn; nodes have none if not given. */
  zones?: ReadonlyArray<string>
  /** Further labels of every node. */
  labels?: Readonly<Record<string, string>>
  /** Which machine of a cloud every node is, as its `spec.providerID` says; none if not given. */
  providerId?: string
  /** Decides what becomes of a new pod; all run if not given. */
  outcome?: (pod: KubeObject) => PodOutcome
}>

export type SimulatedNodes = Readonly<{
  names: ReadonlyArray<string>
  /** Ends the simulation; nodes and pods stay as they are. */
  stop: () => Promise<void>
}>

const userName = 'simulated-kubelet'

type Node = Readonly<{ name: string; address: string; manifest: unknown; status: unknown }>

const capacity = { cpu: '16', memory: '64Gi', pods: '250', 'ephemeral-storage': '200Gi' }

const nodeStatus = (name: string, address: string): unknown => ({
  capacity,
  allocatable: capacity,
  addresses: [
    { type: 'InternalIP', address },
    { type: 'Hostname', address: name },
  ],
  conditions: [
    {
      type: 'Ready',
      status: 'True',
      reason: 'KubeletReady',
      lastHeartbeatTime: new Date().toISOString(),
      lastTransitionTime: new Date().toISOString(),
    },
  ],
  nodeInfo: {
    architecture: 'amd64',
    bootID: name,
    containerRuntimeVersion: 'simulated://1',
    kernelVersion: 'simulated',
    kubeProxyVersion: '',
    kubeletVersion: 'simulated',
    machineID: name,
    operatingSystem: 'linux',
    osImage: 'simulated',
    systemUUID: name,
  },
})

const node = (index: number, options: SimulatedNodesOptions): Node => {
  const { zones = [], labels = {}, providerId } = options
  const name = `worker-${index}`
  const address = `10.0.128.${index + 1}`
  const zone = zones[index % zones.length]
  const type = { apiVersion: 'v1', kind: 'Node' }
  const ownLabels = {
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'node-role.kubernetes.io/worker': '',
    ...(zone === undefined ? {} : { 'topology.kubernetes.io/zone': zone }),
    ...labels,
  }
  return {
    name,
    address,
    manifest: {
      ...type,
      metadata: { name, labels: ownLabels },
      ...(providerId === undefined ? {} : { spec: { providerID: providerId } }),
    },
    status: { ...type, metadata: { name }, status: nodeStatus(name, address) },
  }
}

const createNode = async (
  client: ClusterClient,
  { name, manifest, status }: Node,
): Promise<void> => {
  const apply = (path: string, body: unknown): Promise<KubeObject> =>
    client.send('PATCH', `${path}?fieldManager=${userName}`, body, 'application/apply-patch+yaml')
  await apply(`/api/v1/nodes/${name}`, manifest)
  await apply(`/api/v1/nodes/${name}/status`, status)
}

const createNodes = async (
  { kubeconfigFor }: KubeconfigSource,
  nodes: ReadonlyArray<Node>,
): Promise<void> => {
  const client = clusterClient(await kubeconfigFor(userName, ['system:masters']), userName)
  await Promise.all(nodes.map((each) => createNode(client, each)))
  client.close()
}

const podPath = ({ namespace, name }: KubeObject['metadata']): string =>
  `/api/v1/namespaces/${namespace}/pods/${name}`

/** The kubelet's last word on a pod that is to be deleted: it is gone. The uid spares its successor. */
const removePod = (client: ClusterClient, { metadata }: KubeObject): Promise<KubeObject> =>
  client.send('DELETE', podPath(metadata), {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    gracePeriodSeconds: 0,
    preconditions: { uid: metadata.uid },
  })

const kubelet = (
  nodes: ReadonlyArray<Node>,
  outcome: (pod: KubeObject) => PodOutcome,
): Watched['react'] => {
  const addresses = new Map(nodes.map(({ name, address }) => [name, address]))
  let pods = 0
  return (client) => async (pod) => {
    const { nodeName = '', hostNetwork = false } = pod['spec'] as PodSpec
    const hostIP = addresses.get(nodeName)
    if (hostIP === undefined) return
    if (pod.metadata.deletionTimestamp !== undefined) return void (await removePod(client, pod))
    const podIP = hostNetwork ? hostIP : `10.128.${Math.floor(pods / 250)}.${(pods++ % 250) + 2}`
    const now = new Date().toISOString()
    const status = simulatedPodStatus(pod, outcome(pod), { podIP, hostIP, now })
    if (status === undefined) return
    const path = `${podPath(pod.metadata)}/status`
    await client.send('PATCH', path, { status }, 'application/strategic-merge-patch+json')
  }
}

/**
 * Puts nodes into the cluster that are always ready, and plays the kubelet for the pods on them.
 *
 * These lines instead of kwok: what is needed is one patch for a pod and one deletion, and kwok
 * would be another hundred megabytes and minutes of build for it.
 * In the audit log all this is the user, and the user agent, `simulated-kubelet`.
 */
export const startSimulatedNodes = async (
  controlPlane: KubeconfigSource,
  options: SimulatedNodesOptions,
): Promise<SimulatedNodes> => {
  const nodes = Array.from({ length: options.count }, (_, index) => node(index, options))
  await createNodes(controlPlane, nodes)
  const { stop } = await startSimulation(controlPlane, userName, [
    { path: '/api/v1/pods', react: kubelet(nodes, options.outcome ?? (() => 'ready')) },
  ])
  return { names: nodes.map(({ name }) => name), stop }
}
