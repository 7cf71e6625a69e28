import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type AuditEvent, readAuditLog } from './audit-log'
import type { ControlPlaneBinaries } from './binaries'
import { buildControlPlane } from './build'
import { clusterClient } from './cluster-client'
import { type KubeconfigFor, urlOf, writeControlPlaneFiles } from './control-plane-files'
import { removeAtExit } from './exit-cleanup'
import { freePorts } from './free-ports'
import { fileIn, type Layout } from './server-arguments'
import type { ServerProcess } from './server-process'
import { type Servers, servers } from './servers'

export type ControlPlaneOptions = Readonly<{
  /**
   * Where everything of this control plane lies; if not given, a new folder among the temporary
   * ones. A folder that was kept has its objects when a control plane is started in it again.
   */
  folder?: string
  /** Whether `stop` leaves the folder; if not given, only a new temporary one is removed. */
  keepFolder?: boolean
  /** Whether there are a controller manager and a scheduler; true if not given. */
  controllers?: boolean
  /** Whether requests are recorded; true if not given. */
  auditLog?: boolean
  /** Further flags of the API server. */
  apiServerFlags?: ReadonlyArray<string>
  /** What `buildControlPlane` gave; if not given, it is called. */
  binaries?: ControlPlaneBinaries
  /** Receives a line for each step. */
  onProgress?: (line: string) => void
}>

/** A running control plane of Kubernetes on 127.0.0.1. */
export type ControlPlane = Readonly<{
  url: string
  folder: string
  /** The certificate by which the API server is trusted. */
  caPath: string
  /** Of a user who may do everything. */
  kubeconfigPath: string
  /** Where kubectl is, if the programs came with it. */
  kubectlPath: string | undefined
  kubeconfigFor: KubeconfigFor
  auditLogPath: string
  /** The requests recorded so far. */
  auditEvents: () => Promise<ReadonlyArray<AuditEvent>>
  etcd: ServerProcess
  apiServer: ServerProcess
  /** The running processes, by the names of their programs. */
  pids: () => Readonly<Record<string, number>>
  /** Ends all processes and removes the folder, unless it is kept; to call it again does nothing. */
  stop: () => Promise<void>
}>

const layoutIn = async (folder: string): Promise<Layout> => {
  const [etcdPort = 0, etcdPeerPort = 0, apiServerPort = 0] = await freePorts(3)
  return { folder, etcdPort, etcdPeerPort, apiServerPort }
}

const makeFolder = async (folder: string | undefined): Promise<string> => {
  if (folder === undefined) return mkdtemp(join(tmpdir(), 'control-plane-'))
  await mkdir(folder, { recursive: true })
  return folder
}

const startAll = async (
  { etcd, apiServer, controllerManager, scheduler }: Servers,
  { controllers = true, onProgress = () => undefined }: ControlPlaneOptions,
): Promise<void> => {
  const groups = [[etcd], [apiServer], controllers ? [controllerManager, scheduler] : []]
  for (const group of groups) {
    await Promise.all(group.map((server) => server.start()))
    for (const { name } of group) onProgress(`${name} is ready`)
  }
}

/** Those who depend on others first. */
const stopAll = async ({
  etcd,
  apiServer,
  controllerManager,
  scheduler,
}: Servers): Promise<void> => {
  await Promise.all([controllerManager.stop(), scheduler.stop()])
  await apiServer.stop()
  await etcd.stop()
}

const runningPids = (all: Servers): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.values(all).flatMap(({ name, pid }) => {
      const id = pid()
      return id === undefined ? [] : [[name, id]]
    }),
  )

/**
 * Starts a control plane and returns when it is of use.
 *
 * Guarantees: if it cannot be started, nothing of it is left; if this process ends without `stop`,
 * its processes end too.
 */
export const startControlPlane = async (
  options: ControlPlaneOptions = {},
): Promise<ControlPlane> => {
  const { auditLog = true, apiServerFlags = [], onProgress } = options
  const { keepFolder = options.folder !== undefined } = options
  const binaries =
    options.binaries ?? (await buildControlPlane(onProgress === undefined ? {} : { onProgress }))
  const folder = await makeFolder(options.folder)
  const forgetFolder = keepFolder ? () => undefined : removeAtExit(folder)
  const layout = await layoutIn(folder)
  const kubeconfigFor = await writeControlPlaneFiles(layout)
  const kubeconfigPath = fileIn(layout, 'admin.kubeconfig')
  const client = clusterClient(kubeconfigPath, 'control-plane')
  const all = servers({ binaries, layout, client, auditLog, apiServerFlags })
  const stop = async (): Promise<void> => {
    client.close()
    await stopAll(all)
    if (!keepFolder) await rm(folder, { recursive: true, force: true })
    forgetFolder()
  }
  try {
    await startAll(all, options)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    url: urlOf(layout),
    folder,
    caPath: fileIn(layout, 'ca.crt'),
    kubeconfigPath,
    kubectlPath: binaries.paths.kubectl,
    kubeconfigFor,
    auditLogPath: fileIn(layout, 'audit.log'),
    auditEvents: () => readAuditLog(fileIn(layout, 'audit.log')),
    etcd: all.etcd,
    apiServer: all.apiServer,
    pids: () => runningPids(all),
    stop,
  }
}
