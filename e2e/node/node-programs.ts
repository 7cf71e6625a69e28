import { join } from 'node:path'

import { debianPrograms } from '../storage-servers/installed/debian-programs'
import { isInstalled } from '../storage-servers/installed/install-once'
import { goPackages, goSources } from './go-packages'
import { ownInstallation, ownPrograms } from './own-programs'

/** Where the programs of a node are. */
export type NodePrograms = Readonly<{
  /** The path of one of ours: kubelet, kube-proxy, coredns, supervisor, pause, probe. */
  own: (name: OwnProgram) => string
  /** The folder of containerd, its shim and ctr. */
  containerd: string
  /** The folder of the network plugins. */
  networkPlugins: string
  runc: string
  /** The folder of nft, and what it needs to find its libraries. */
  nft: Readonly<{ folder: string; environment: Readonly<Record<string, string>> }>
}>

export type OwnProgram = 'kubelet' | 'kube-proxy' | 'coredns' | 'supervisor' | 'pause' | 'probe'

const containerd = {
  name: 'containerd',
  module: 'github.com/containerd/containerd/v2',
  version: 'v2.4.2',
  packages: ['cmd/containerd', 'cmd/containerd-shim-runc-v2', 'cmd/ctr'],
}

const networkPlugins = {
  name: 'network-plugins',
  module: 'github.com/containernetworking/plugins',
  version: 'v1.9.1',
  packages: ['plugins/main/ptp', 'plugins/ipam/host-local'],
}

/**
 * What is written in C comes from Debian: runc cannot be built without a C compiler and the headers of libseccomp.
 * That library is there wherever apt is; nft's are not.
 */
const systemPrograms = {
  name: 'node-system-programs',
  packages: [
    'runc',
    'nftables',
    'libnftables1',
    'libnftnl11',
    'libmnl0',
    'libjansson4',
    'libgmp10',
    'libxtables12',
    'libedit2',
    'libbsd0',
    'libmd0',
    'libtinfo6',
  ],
}

/** Whether this machine has all of the node that has to be compiled. */
export const isNodeCompiled = (): boolean =>
  [
    ownInstallation(),
    ...[containerd, networkPlugins].map((each) => ({ name: each.name, key: goSources(each) })),
  ].every(isInstalled)

/**
 * The programs of a node, those that this machine does not have yet installed one after the other: what is compiled
 * takes all the processors there are. Minutes the first time.
 */
export const nodePrograms = async (): Promise<NodePrograms> => {
  const own = await ownPrograms()
  const containerdFolder = await goPackages(containerd)
  const networkPluginsFolder = await goPackages(networkPlugins)
  const system = await debianPrograms(systemPrograms)
  return {
    own: (name) => join(own, name),
    containerd: containerdFolder,
    networkPlugins: networkPluginsFolder,
    runc: system.program('runc'),
    nft: { folder: join(system.program('nft'), '..'), environment: system.environment },
  }
}
