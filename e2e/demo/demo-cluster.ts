import type { ClusterClient } from '../cluster/cluster-client'

/** Where a demo takes place. */
export type DemoCluster = Readonly<{
  /** What it is, for a person. */
  what: string
  kubeconfigPath: string
  /** With the rights that `install` gives the operator, where the cluster knows rights. */
  operatorKubeconfigPath: string
  /** What the operator deploys there, where that differs from what the tests deploy. */
  releaseEnv?: Readonly<Record<string, string>>
  client: ClusterClient
  /** Ends it, or removes from it what the demo has added. */
  stop: () => Promise<void>
}>
