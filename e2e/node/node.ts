import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type ClusterClient, clusterClient } from '../cluster/cluster-client'
import type { ControlPlane } from '../cluster/control-plane'
import type { ServerProcess } from '../cluster/server-process'
import type { ApiServerGateway } from './api-server-gateway'
import { API_SERVER_PORT, HOST_ADDRESS } from './node-addresses'
import { inNode, onMachine } from './node-configuration'
import { writeNodeFiles } from './node-files'
import { pauseArchive } from './node-images'
import { type NodePrograms, nodePrograms } from './node-programs'
import { type NodeServers, nodeEnvironment, nodeServers } from './node-servers'
import { missingNodePrerequisites } from './prerequisites'
import { startSupervisor, type Supervisor } from './supervisor'
import { applySystemServices } from './system-services'

export type NodeOptions = Readonly<{
  /** `node` if not given. */
  name?: string
  labels?: Readonly<Record<string, string>>
  /** Names under which pods find this machine, beside `machine.test`. */
  machineNames?: ReadonlyArray<string>
  /** What the API server was started with; without it there are no logs and no exec. */
  gateway?: ApiServerGateway
  /** Where everything of the node lies; a new folder, which ends with the node, if not given. */
  folder?: string
  onProgress?: (line: string) => void
}>

/** A real node of Kubernetes. */
export type Node = Readonly<{
  name: string
  folder: string
  kubelet: ServerProcess
  containerd: ServerProcess
  /** The processes that are the node's own, by their names; those of containers are below `init`. */
  pids: () => Readonly<Record<string, number>>
  /** Imports the images of an archive, of OCI or of Docker, under the names that it has for them. */
  load: (archivePath: string) => Promise<void>
  /** Lets pods reach a port of 127.0.0.1; returns the address and port they have to ask, with the same port. */
  expose: (port: number) => Promise<string>
  /** Lets this process reach a port of a pod or Service; returns a port of 127.0.0.1. */
  reach: (address: string, port: number) => Promise<number>
  /** What a server of the node has logged. */
  log: (server: keyof NodeServers) => Promise<string>
  /** Ends everything that is in the node at once, as if the power were cut; to call it again does nothing. */
  stop: () => Promise<void>
}>

const ignore = (): void => undefined

/** The kubelet may not give itself labels of that domain. */
const labelNode = (
  client: ClusterClient,
  name: string,
  labels: Readonly<Record<string, string>>,
): Promise<unknown> => {
  const all = { 'node-role.kubernetes.io/worker': '', ...labels }
  const patch = { metadata: { labels: all } }
  return client.send('PATCH', `/api/v1/nodes/${name}`, patch, 'application/merge-patch+json')
}

const importer =
  ({ run }: Supervisor, { containerd }: NodePrograms, folder: string): Node['load'] =>
  async (archivePath) => {
    const logPath = '/var/log/import.log'
    const args = ['--namespace=k8s.io', 'images', 'import', archivePath]
    const { ended } = await run({
      program: join(containerd, 'ctr'),
      args: [`--address=${inNode.containerdSocket}`, ...args],
      environment: nodeEnvironment(),
      logPath,
    })
    if ((await ended) === 0) return
    const said = await readFile(onMachine(folder, logPath), 'utf8')
    throw new Error(`${archivePath} cannot be imported: ${said.slice(-2000)}`)
  }

/** In the node, the API server has the address that is in every kubeconfig, and one that pods can reach. */
const exposeApiServer = async ({ expose }: Supervisor, url: string): Promise<void> => {
  const { host } = new URL(url)
  await expose(host, host)
  await expose(`${HOST_ADDRESS}:${API_SERVER_PORT}`, host)
}

const makeFolder = async (given: string | undefined): Promise<string> => {
  const folder = given ?? (await mkdtemp(join(tmpdir(), 'node-')))
  for (const part of ['lib/configuration', 'log'])
    await mkdir(join(folder, part), { recursive: true })
  return folder
}

type Supervised = Readonly<{ folder: string; supervisor: Supervisor }>

/** The namespaces of a node, and all files in them; nothing runs there yet. */
const startSupervised = async (
  controlPlane: ControlPlane,
  { name = 'node', machineNames = [], gateway, folder: given }: NodeOptions,
  programs: NodePrograms,
): Promise<Supervised> => {
  const folder = await makeFolder(given)
  const removesFolder = given === undefined
  try {
    const authority = await readFile(controlPlane.caPath, 'utf8')
    const kubeletAuthorities = `${authority}${gateway?.authority ?? ''}`
    await writeNodeFiles({
      folder,
      nodeName: name,
      programs,
      controlPlane,
      kubeletAuthorities,
      machineNames,
    })
    const program = programs.own('supervisor')
    const supervisor = await startSupervisor({ program, nodeName: name, folder, removesFolder })
    return { folder, supervisor }
  } catch (error) {
    if (removesFolder) await rm(folder, { recursive: true, force: true })
    throw error
  }
}

const startServers = async (
  { containerd, kubelet, proxy, names }: NodeServers,
  imported: () => Promise<void>,
  onProgress: (line: string) => void,
): Promise<void> => {
  await containerd.start()
  onProgress('containerd is ready')
  await imported()
  await Promise.all([kubelet.start(), proxy.start(), names.start()])
  onProgress('the node is ready')
}

const runningPids = (
  { initPid }: Supervisor,
  servers: NodeServers,
): Readonly<Record<string, number>> => ({
  init: initPid,
  ...Object.fromEntries(
    Object.values(servers).flatMap(({ name, pid }) => {
      const id = pid()
      return id === undefined ? [] : [[name, id]]
    }),
  ),
})

const exposer = ({ expose }: Supervisor): Node['expose'] => {
  const exposed = new Map<number, Promise<string>>()
  return (port) => {
    const before = exposed.get(port)
    const address = before ?? expose(`${HOST_ADDRESS}:${port}`, `127.0.0.1:${port}`)
    exposed.set(port, address)
    return address
  }
}

const reacher =
  ({ reach }: Supervisor): Node['reach'] =>
  async (address, port) => {
    const listening = await reach('127.0.0.1:0', `${address}:${port}`)
    return Number(listening.split(':').at(-1))
  }

/**
 * Adds a real node to a control plane, and returns when it is ready: pods run, Services and names answer.
 *
 * Guarantees: if it cannot be started, nothing of it is left; if this process ends without `stop`, all of the node's
 * processes, mounts, interfaces, control groups and files end too.
 */
export const startNode = async (
  controlPlane: ControlPlane,
  options: NodeOptions = {},
): Promise<Node> => {
  const missing = missingNodePrerequisites()
  if (missing.length > 0) throw new Error(missing.join('\n'))
  const { name = 'node', labels = {}, gateway, onProgress = ignore } = options
  const programs = await nodePrograms()
  const pause = await pauseArchive(programs)
  const { folder, supervisor } = await startSupervised(controlPlane, options, programs)
  const client = clusterClient(controlPlane.kubeconfigPath, 'node')
  const servers = nodeServers({ supervisor, programs, folder, nodeName: name, client })
  const load = importer(supervisor, programs, folder)
  const stop = async (): Promise<void> => {
    client.close()
    await supervisor.end()
  }
  try {
    await exposeApiServer(supervisor, controlPlane.url)
    if (gateway !== undefined) await supervisor.tunnel(gateway.socketPath)
    await applySystemServices(client)
    await startServers(servers, () => load(pause), onProgress)
    await labelNode(client, name, labels)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    name,
    folder,
    kubelet: servers.kubelet,
    containerd: servers.containerd,
    pids: () => runningPids(supervisor, servers),
    load,
    expose: exposer(supervisor),
    reach: reacher(supervisor),
    log: (server) => readFile(onMachine(folder, servers[server].logPath), 'utf8'),
    stop,
  }
}
