import type { ClusterClient } from '../cluster/cluster-client'

/** Where a demo takes place. */
export type DemoCluster = Readonly<{
  /** What it is, for a person. */
  what: string
  kubeconfigPath: string
  /** With the rights that `install` gives the operator, where the cluster knows rights. */
  operatorKubeconfigPath: string
  client: ClusterClient
  stop: () => Promise<void>
}>
