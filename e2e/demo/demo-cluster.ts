import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import type { DemoOperator } from './demo-operator'
import type { Printer } from './printer'

/** What is applied when the user gives no Config. */
export type DemoSample = Readonly<{
  configPath: string
  /** A claim that the sample names and the administrator makes. */
  claimPath?: string
}>

/** Where a demo takes place. */
export type DemoCluster = Readonly<{
  /** What it is, for a person. */
  what: string
  sample: DemoSample
  kubeconfigPath: string
  /** What the operator deploys there, where that differs from what the tests deploy. */
  releaseEnv?: Readonly<Record<string, string>>
  client: ClusterClient
  /** Starts the operator with the rights that `install` gives it, where the cluster knows rights. */
  startOperator: () => Promise<DemoOperator>
  /** Uses the registry of a Config and shows how; throws if it does not do what it should. Only where pods are real. */
  showRegistry?: (config: KubeObject, print: Printer) => Promise<void>
  /** What somebody could try while it runs, a line each. */
  toTry?: () => Promise<ReadonlyArray<string>>
  /** Ends it, or removes from it what the demo has added. */
  stop: () => Promise<void>
}>
