import type { Template } from './scene'

/** What of a pod template matters for where its pods can be. */
export type PodKind = {
  /** No other pod of the registry may be on the node. */
  readonly isApart: boolean
  /** Pods of one template are spread evenly over the nodes. */
  readonly isSpread: boolean
  /** They mount a volume that only one node can have. */
  readonly isOnOneNode: boolean
}

/** What of a Deployment, and of the budget beside it, matters for its rollout. Percentages are resolved. */
export type DeploymentSpec = {
  readonly template: Template
  readonly replicas: number
  /** Absent: all old pods go first. */
  readonly rolling?: { readonly maxSurge: number; readonly maxUnavailable: number }
  readonly minAvailable: number
}

/** A change of a registry on so many nodes. */
export type Scenario = {
  readonly nodes: number
  readonly kinds: readonly [PodKind, PodKind]
  /** Every Deployment that the operator writes in the course of it. */
  readonly specs: ReadonlyArray<DeploymentSpec>
  /** Which of them it writes for the Config of before and of after: ordinarily, and with pods in the way. */
  readonly wishes: readonly [readonly [number, number], readonly [number, number]]
}
