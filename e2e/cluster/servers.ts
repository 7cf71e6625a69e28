import { request } from 'node:http'
import { join } from 'node:path'

import type { ControlPlaneBinaries, Program } from './binaries'
import type { ClusterClient } from './cluster-client'
import {
  apiServerArguments,
  controllerManagerArguments,
  etcdArguments,
  type Layout,
  schedulerArguments,
} from './server-arguments'
import { type ServerProcess, serverProcess } from './server-process'

export type ServersInput = Readonly<{
  binaries: ControlPlaneBinaries
  layout: Layout
  client: ClusterClient
  auditLog: boolean
  apiServerFlags: ReadonlyArray<string>
}>

/** The servers of a control plane, none of them started yet. */
export type Servers = Readonly<{
  etcd: ServerProcess
  apiServer: ServerProcess
  controllerManager: ServerProcess
  scheduler: ServerProcess
}>

const isHealthyEtcd = ({ etcdPort }: Layout): Promise<boolean> =>
  new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port: etcdPort, path: '/health', timeout: 1000 })
    asked.on('response', (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(false))
    asked.end()
  })

const answers = async (client: ClusterClient, path: string): Promise<boolean> =>
  (await client.request('GET', path)).code === 200

const pathOf = ({ paths, folder }: ControlPlaneBinaries, program: Program): string => {
  const path = paths[program]
  if (path === undefined) {
    throw new Error(
      `There is no ${program} in ${folder}: unset KUBEBUILDER_ASSETS to have it built, ` +
        'or do without the controllers.',
    )
  }
  return path
}

/** The servers of a control plane that lies as `layout` says. */
export const servers = (input: ServersInput): Servers => {
  const { binaries, layout, client, auditLog, apiServerFlags } = input
  const server = (
    name: Program,
    args: ReadonlyArray<string>,
    isReady: () => Promise<boolean>,
  ): ServerProcess => {
    const logPath = join(layout.folder, 'logs', `${name}.log`)
    return serverProcess({ name, path: () => pathOf(binaries, name), args, logPath, isReady })
  }
  return {
    etcd: server('etcd', etcdArguments(layout), () => isHealthyEtcd(layout)),
    apiServer: server(
      'kube-apiserver',
      apiServerArguments(layout, { auditLog, extraFlags: apiServerFlags }),
      () => answers(client, '/readyz'),
    ),
    // Pods are refused in a namespace without this account, so before it is there nothing works.
    controllerManager: server('kube-controller-manager', controllerManagerArguments(layout), () =>
      answers(client, '/api/v1/namespaces/default/serviceaccounts/default'),
    ),
    // It has no port to ask; a pod that comes too early for it waits.
    scheduler: server('kube-scheduler', schedulerArguments(layout), async () => true),
  }
}
