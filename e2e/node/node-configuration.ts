import {
  CLUSTER_DOMAIN,
  HOST_ADDRESS,
  NAME_SERVER_ADDRESS,
  NAME_SERVICE_ADDRESS,
  NODE_ADDRESS,
  POD_RANGE,
} from './node-addresses'
import { PAUSE_IMAGE } from './node-images'
import type { NodePrograms } from './node-programs'

/** Where things are in the node, by the names that programs have for them without being told. */
export const inNode = {
  containerdSocket: '/var/lib/containerd.sock',
  containerdConfiguration: '/var/lib/configuration/containerd.toml',
  networkConfiguration: '/var/lib/configuration/network',
  kubeletConfiguration: '/var/lib/configuration/kubelet.json',
  kubeletAuthorities: '/var/lib/configuration/kubelet-authorities.crt',
  kubeletKubeconfig: '/var/lib/configuration/kubelet.kubeconfig',
  proxyConfiguration: '/var/lib/configuration/kube-proxy.json',
  proxyKubeconfig: '/var/lib/configuration/kube-proxy.kubeconfig',
  namesConfiguration: '/var/lib/configuration/Corefile',
  namesKubeconfig: '/var/lib/configuration/coredns.kubeconfig',
  /** Empty: pods that do not ask the cluster for names have nobody to ask. */
  resolvConf: '/var/lib/configuration/resolv.conf',
  volumes: '/var/lib/volumes',
  /** Where containerd is told of registries, each in a folder of its name. */
  registries: '/var/lib/certs.d',
} as const

/** A path of the node, as seen from this machine. */
export const onMachine = (folder: string, path: string): string =>
  path.replace(/^\/var\/(lib|log)/, `${folder}/$1`)

export const containerdConfiguration = ({
  networkPlugins,
  runc,
}: Pick<NodePrograms, 'networkPlugins' | 'runc'>): string => `version = 3
root = "/var/lib/containerd"
state = "/run/containerd"

[grpc]
  address = "${inNode.containerdSocket}"

[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "${PAUSE_IMAGE}"

[plugins."io.containerd.cri.v1.images".registry]
  config_path = "${inNode.registries}"

[plugins."io.containerd.cri.v1.runtime"]
  # Only with CAP_SYS_RESOURCE may a process be made less likely to be killed than its parent.
  restrict_oom_score_adj = true
  # A profile would be loaded into the machine's kernel, and stay there.
  disable_apparmor = true
  tolerate_missing_hugetlb_controller = true

[plugins."io.containerd.cri.v1.runtime".cni]
  bin_dirs = ["${networkPlugins}"]
  conf_dir = "${inNode.networkConfiguration}"
  use_internal_loopback = true

[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"

[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
  BinaryName = "${runc}"
  SystemdCgroup = false
`

/**
 * Each pod has a cable of its own to the node, which routes. With a bridge, an answer from one pod to another would
 * get past the node's address translation, unless a kernel module is loaded that this machine may not have.
 */
export const networkConfiguration = {
  cniVersion: '1.0.0',
  name: 'pods',
  plugins: [
    {
      type: 'ptp',
      ipMasq: false,
      ipam: {
        type: 'host-local',
        dataDir: '/run/cni',
        ranges: [[{ subnet: POD_RANGE }]],
        routes: [{ dst: '0.0.0.0/0' }],
      },
    },
  ],
}

export const kubeletConfiguration = {
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  authentication: {
    anonymous: { enabled: false },
    webhook: { enabled: true },
    x509: { clientCAFile: inNode.kubeletAuthorities },
  },
  authorization: { mode: 'Webhook' },
  containerRuntimeEndpoint: `unix://${inNode.containerdSocket}`,
  clusterDNS: [NAME_SERVICE_ADDRESS],
  clusterDomain: CLUSTER_DOMAIN,
  resolvConf: inNode.resolvConf,
  cgroupDriver: 'cgroupfs',
  // The node is a guest on the machine, and divides nothing that is its own.
  cgroupsPerQOS: false,
  enforceNodeAllocatable: [],
  failCgroupV1: false,
  failSwapOn: false,
  makeIPTablesUtilChains: false,
  serializeImagePulls: false,
  oomScoreAdj: 0,
  // How full the machine is should not decide a test.
  imageGCHighThresholdPercent: 100,
  imageGCLowThresholdPercent: 99,
  evictionHard: {
    'memory.available': '10Mi',
    'nodefs.available': '0%',
    'nodefs.inodesFree': '0%',
    'imagefs.available': '0%',
    'imagefs.inodesFree': '0%',
  },
}

export const proxyConfiguration = {
  apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
  kind: 'KubeProxyConfiguration',
  mode: 'nftables',
  bindAddress: NODE_ADDRESS,
  clusterCIDR: POD_RANGE,
  clientConnection: { kubeconfig: inNode.proxyKubeconfig },
  // The table of connections is the machine's, and so is its size.
  conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
  nftables: { minSyncPeriod: '100ms' },
}

/** Names of the cluster, and names that tests have for this machine; there are no others. */
export const namesConfiguration = (
  machineNames: ReadonlyArray<string>,
): string => `${CLUSTER_DOMAIN}:53 in-addr.arpa:53 {
  bind ${NAME_SERVER_ADDRESS}
  errors
  cache 5
  ready ${NAME_SERVER_ADDRESS}:8181
  kubernetes {
    kubeconfig ${inNode.namesKubeconfig}
    ttl 5
  }
}

.:53 {
  bind ${NAME_SERVER_ADDRESS}
  errors
  hosts {
    ${HOST_ADDRESS} ${['machine.test', ...machineNames].join(' ')}
    fallthrough
  }
  template ANY ANY {
    rcode NXDOMAIN
  }
}
`
