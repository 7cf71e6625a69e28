import { get } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'

import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import type { ServerProcess } from '../cluster/server-process'
import { NAME_SERVER_ADDRESS, NODE_ADDRESS } from './node-addresses'
import { inNode, onMachine } from './node-configuration'
import { nodeProcess } from './node-process'
import type { NodePrograms } from './node-programs'
import type { Supervisor } from './supervisor'

/** What the servers of a node are started with. */
export type NodeServersInput = Readonly<{
  supervisor: Supervisor
  programs: NodePrograms
  folder: string
  nodeName: string
  client: ClusterClient
}>

/** The servers of a node, none of them started yet. */
export type NodeServers = Readonly<{
  containerd: ServerProcess
  kubelet: ServerProcess
  proxy: ServerProcess
  names: ServerProcess
}>

const isListening = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

const isFine = (port: string, path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const asked = get({ host: '127.0.0.1', port, path, agent: false, timeout: 1000 })
    asked.on('response', (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(false))
  })

/** Asks a server of the node whether it is well. */
const healthOf = (
  { reach }: Supervisor,
  address: string,
  path: string,
): (() => Promise<boolean>) => {
  let port: string | undefined
  return async () => {
    port ??= (await reach('127.0.0.1:0', address)).split(':').at(-1) ?? ''
    return isFine(port, path)
  }
}

const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** What a program in the node has in its environment. */
export const nodeEnvironment = (
  folders: ReadonlyArray<string> = [],
): Readonly<Record<string, string>> => ({ PATH: [...folders, systemPath].join(':'), HOME: '/root' })

type Condition = Readonly<{ type: string; status: string }>

const isReady = ({
  status,
}: KubeObject & { status?: { conditions?: ReadonlyArray<Condition> } }): boolean =>
  (status?.conditions ?? []).some((each) => each.type === 'Ready' && each.status === 'True')

const isNodeReady = async (client: ClusterClient, nodeName: string): Promise<boolean> => {
  const { code, body } = await client.request('GET', `/api/v1/nodes/${nodeName}`)
  return code === 200 && isReady(body as KubeObject)
}

/** The servers of a node whose files are written. */
export const nodeServers = (input: NodeServersInput): NodeServers => {
  const { supervisor, programs, folder, nodeName, client } = input
  const server = (
    name: string,
    program: string,
    more: Readonly<{
      args: ReadonlyArray<string>
      environment?: Readonly<Record<string, string>>
      isReady: () => Promise<boolean>
    }>,
  ): ServerProcess =>
    nodeProcess(supervisor, {
      name,
      program,
      environment: nodeEnvironment(),
      logPath: `/var/log/${name}.log`,
      ...more,
    })
  const isKubeletWell = healthOf(supervisor, '127.0.0.1:10248', '/healthz')
  return {
    containerd: server('containerd', join(programs.containerd, 'containerd'), {
      args: ['--config', inNode.containerdConfiguration],
      environment: nodeEnvironment([programs.containerd]),
      isReady: () => isListening(onMachine(folder, inNode.containerdSocket)),
    }),
    kubelet: server('kubelet', programs.own('kubelet'), {
      args: [
        `--config=${inNode.kubeletConfiguration}`,
        `--kubeconfig=${inNode.kubeletKubeconfig}`,
        `--hostname-override=${nodeName}`,
        `--node-ip=${NODE_ADDRESS}`,
      ],
      // The second alone may be what the kubelet said before it was restarted.
      isReady: async () => (await isKubeletWell()) && isNodeReady(client, nodeName),
    }),
    proxy: server('kube-proxy', programs.own('kube-proxy'), {
      args: [`--config=${inNode.proxyConfiguration}`, `--hostname-override=${nodeName}`],
      environment: { ...nodeEnvironment([programs.nft.folder]), ...programs.nft.environment },
      isReady: healthOf(supervisor, `${NODE_ADDRESS}:10256`, '/healthz'),
    }),
    names: server('coredns', programs.own('coredns'), {
      args: ['-conf', inNode.namesConfiguration],
      isReady: healthOf(supervisor, `${NAME_SERVER_ADDRESS}:8181`, '/ready'),
    }),
  }
}
