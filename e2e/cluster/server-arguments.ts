import { join } from 'node:path'

/** Where the parts of one control plane are: folders, files and ports. */
export type Layout = Readonly<{
  folder: string
  etcdPort: number
  etcdPeerPort: number
  apiServerPort: number
}>

/** The files in a control plane's folder that more than one place must know. */
export const fileIn = (layout: Pick<Layout, 'folder'>, name: FileName): string =>
  join(layout.folder, name)

export type FileName =
  | 'ca.crt'
  | 'server.crt'
  | 'server.key'
  | 'service-account.pub'
  | 'service-account.key'
  | 'audit-policy.json'
  | 'audit.log'
  | 'admin.kubeconfig'
  | 'kube-controller-manager.kubeconfig'
  | 'kube-scheduler.kubeconfig'

export const etcdArguments = ({
  folder,
  etcdPort,
  etcdPeerPort,
}: Layout): ReadonlyArray<string> => {
  const client = `http://127.0.0.1:${etcdPort}`
  const peer = `http://127.0.0.1:${etcdPeerPort}`
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    // Safe against a crash of etcd, not of the machine: and this data outlives neither.
    '--unsafe-no-fsync',
  ]
}

const auditArguments = (layout: Layout): ReadonlyArray<string> => [
  `--audit-policy-file=${fileIn(layout, 'audit-policy.json')}`,
  `--audit-log-path=${fileIn(layout, 'audit.log')}`,
  // Never rotated (the unit is MB): the counts are taken over the whole file.
  '--audit-log-maxsize=100000',
]

export const apiServerArguments = (
  layout: Layout,
  options: Readonly<{ auditLog: boolean; extraFlags: ReadonlyArray<string> }>,
): ReadonlyArray<string> => [
  `--etcd-servers=http://127.0.0.1:${layout.etcdPort}`,
  '--bind-address=127.0.0.1',
  `--secure-port=${layout.apiServerPort}`,
  // No loopback address may be advertised, and without this flag one of the machine's other
  // addresses would be. Nobody uses it: the reconciler that would publish it is off.
  '--advertise-address=10.0.0.1',
  '--endpoint-reconciler-type=none',
  `--tls-cert-file=${fileIn(layout, 'server.crt')}`,
  `--tls-private-key-file=${fileIn(layout, 'server.key')}`,
  `--client-ca-file=${fileIn(layout, 'ca.crt')}`,
  '--authorization-mode=RBAC',
  '--service-account-issuer=https://kubernetes.default.svc',
  `--service-account-key-file=${fileIn(layout, 'service-account.pub')}`,
  `--service-account-signing-key-file=${fileIn(layout, 'service-account.key')}`,
  '--service-cluster-ip-range=10.0.0.0/24',
  // Otherwise its end waits a minute for clients to close their watches, which they never do.
  '--shutdown-watch-termination-grace-period=1s',
  // As in OpenShift, where security context constraints decide it: node-ca is privileged.
  '--allow-privileged=true',
  ...(options.auditLog ? auditArguments(layout) : []),
  ...options.extraFlags,
]

export const controllerManagerArguments = (layout: Layout): ReadonlyArray<string> => [
  `--kubeconfig=${fileIn(layout, 'kube-controller-manager.kubeconfig')}`,
  // Without it all controllers act as one user, to whom half of what they do is forbidden.
  '--use-service-account-credentials=true',
  `--root-ca-file=${fileIn(layout, 'ca.crt')}`,
  `--service-account-private-key-file=${fileIn(layout, 'service-account.key')}`,
  // Simulated nodes say once that they are ready; they send no heartbeat.
  '--node-monitor-grace-period=24h',
  // With the default of 20 a second, its controllers need seconds to ask for their own accounts.
  '--kube-api-qps=500',
  '--kube-api-burst=1000',
  // Leases for a single instance would only be requests to look past in the audit log.
  '--leader-elect=false',
  '--secure-port=0',
]

export const schedulerArguments = (layout: Layout): ReadonlyArray<string> => [
  `--kubeconfig=${fileIn(layout, 'kube-scheduler.kubeconfig')}`,
  '--leader-elect=false',
  '--secure-port=0',
]
