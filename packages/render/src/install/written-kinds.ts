import { names } from '../model'

/** A kind that the operator writes. */
export type WrittenKind = {
  readonly kind: string
  /** Only the objects of these names. Absent: names come from the Config. */
  readonly names?: ReadonlyArray<string>
}

/** Everything that the operator writes, but for its Lease and the status of the Config. Its RBAC follows from this list. */
export const WRITTEN_KINDS: ReadonlyArray<WrittenKind> = [
  { kind: 'ClusterRole', names: [names.CLUSTER_ROLE_NAME] },
  { kind: 'ClusterRoleBinding', names: [names.CLUSTER_ROLE_BINDING_NAME] },
  { kind: 'ServiceAccount', names: [names.SERVICE_ACCOUNT_NAME] },
  { kind: 'Secret', names: [names.PULL_SECRET_COPY, names.PRIVATE_CONFIGURATION_SECRET] },
  { kind: 'Service', names: [names.REGISTRY_NAME] },
  { kind: 'PersistentVolumeClaim', names: [names.DEFAULT_CLAIM_NAME] },
  { kind: 'Deployment', names: [names.REGISTRY_NAME] },
  { kind: 'PodDisruptionBudget', names: [names.REGISTRY_NAME] },
  { kind: 'NetworkPolicy', names: [names.NETWORK_POLICY_NAME] },
  { kind: 'Route' },
]
