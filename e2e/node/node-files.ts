import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { ControlPlane } from '../cluster/control-plane'
import {
  containerdConfiguration,
  inNode,
  kubeletConfiguration,
  namesConfiguration,
  networkConfiguration,
  onMachine,
  proxyConfiguration,
} from './node-configuration'
import type { NodePrograms } from './node-programs'

/** What decides the files of a node. */
export type NodeFiles = Readonly<{
  folder: string
  nodeName: string
  programs: NodePrograms
  controlPlane: Pick<ControlPlane, 'kubeconfigFor' | 'caPath'>
  /** PEM of those whose certificates the kubelet takes. */
  kubeletAuthorities: string
  machineNames: ReadonlyArray<string>
}>

/** Programs of the node are users of the API server like others, with the roles that it has for them. */
const users = (
  nodeName: string,
): ReadonlyArray<readonly [string, string, ReadonlyArray<string>]> => [
  [inNode.kubeletKubeconfig, `system:node:${nodeName}`, ['system:nodes']],
  [inNode.proxyKubeconfig, 'system:kube-proxy', []],
  // It has no role there; what it may read is nothing that tests would have to know.
  [inNode.namesKubeconfig, 'system:coredns', ['system:masters']],
]

const configurations = ({
  programs,
  kubeletAuthorities,
  machineNames,
}: NodeFiles): ReadonlyArray<readonly [string, string]> => [
  [inNode.containerdConfiguration, containerdConfiguration(programs)],
  [`${inNode.networkConfiguration}/pods.conflist`, JSON.stringify(networkConfiguration)],
  [inNode.kubeletConfiguration, JSON.stringify(kubeletConfiguration)],
  [inNode.kubeletAuthorities, kubeletAuthorities],
  [inNode.proxyConfiguration, JSON.stringify(proxyConfiguration)],
  [inNode.namesConfiguration, namesConfiguration(machineNames)],
  [inNode.resolvConf, ''],
]

/** Writes all files that the programs of the node read. */
export const writeNodeFiles = async (files: NodeFiles): Promise<void> => {
  const { folder, nodeName, controlPlane } = files
  for (const path of [inNode.networkConfiguration, inNode.volumes])
    await mkdir(onMachine(folder, path), { recursive: true })
  await mkdir(join(folder, 'log'), { recursive: true })
  await writeFile(join(folder, 'hosts'), `127.0.0.1 localhost\n127.0.1.1 ${nodeName}\n`)
  await writeFile(join(folder, 'resolv.conf'), '')
  for (const [path, content] of configurations(files))
    await writeFile(onMachine(folder, path), content)
  for (const [path, user, groups] of users(nodeName))
    await copyFile(await controlPlane.kubeconfigFor(user, groups), onMachine(folder, path))
}
