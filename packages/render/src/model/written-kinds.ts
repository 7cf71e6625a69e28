import {
  CHECKSUM_ANNOTATION,
  CLUSTER_ROLE_BINDING_NAME,
  CLUSTER_ROLE_NAME,
  DEFAULT_CLAIM_NAME,
  NETWORK_POLICY_NAME,
  OWNERSHIP_ANNOTATION,
  PRIVATE_CONFIGURATION_SECRET,
  PULL_SECRET_COPY,
  REGISTRY_NAME,
  ROUTE_GROUP,
  SERVICE_ACCOUNT_NAME,
} from './names'
import { groupOf, type ObjectRef } from './object-ref'

/** A kind that the operator writes. */
export type WrittenKind = {
  readonly apiVersion: string
  readonly kind: string
  /** Only the objects of these names; or whatever the Config names. */
  readonly names: ReadonlyArray<string> | 'named by the Config'
  /** Others write fields of it too: who holds what decides what has to be taken back from them. */
  readonly shared: boolean
  /** The annotation that the original operator leaves on what it makes, if any: whose object it is where no field manager tells. */
  readonly mark?: string
  /** When it goes; the smaller, the earlier. */
  readonly deletion: { readonly rank: number; readonly because: string }
  /** It makes objects of its own, and has gone only when those have. */
  readonly hasDependents?: true
}

/** Everything that the operator writes, but for its Lease and the status of the Config, in the order in which it is made. */
export const WRITTEN_KINDS: ReadonlyArray<WrittenKind> = [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    names: [CLUSTER_ROLE_NAME],
    shared: true,
    mark: CHECKSUM_ANNOTATION,
    deletion: { rank: 8, because: 'what is bound goes after what binds it' },
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    names: [CLUSTER_ROLE_BINDING_NAME],
    shared: true,
    mark: CHECKSUM_ANNOTATION,
    deletion: { rank: 7, because: 'nobody is left to be allowed anything' },
  },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    names: [SERVICE_ACCOUNT_NAME],
    shared: true,
    mark: CHECKSUM_ANNOTATION,
    deletion: { rank: 9, because: 'nothing is bound to it any more' },
  },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    names: [PULL_SECRET_COPY, PRIVATE_CONFIGURATION_SECRET],
    shared: true,
    mark: CHECKSUM_ANNOTATION,
    deletion: { rank: 6, because: 'nobody is left to read credentials' },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    names: [REGISTRY_NAME],
    shared: true,
    mark: CHECKSUM_ANNOTATION,
    deletion: { rank: 4, because: 'nobody is left to be addressed' },
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    names: [DEFAULT_CLAIM_NAME],
    // Made once and left alone: nothing is ever taken back.
    shared: false,
    mark: OWNERSHIP_ANNOTATION,
    deletion: { rank: 10, because: 'images last: a claim stays until no pod mounts it anyway' },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    names: [REGISTRY_NAME],
    shared: true,
    mark: CHECKSUM_ANNOTATION,
    deletion: { rank: 2, because: 'its pods still need everything below to end in peace' },
    hasDependents: true,
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    names: [REGISTRY_NAME],
    shared: true,
    mark: CHECKSUM_ANNOTATION,
    deletion: { rank: 3, because: 'there are no pods left to guard' },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    names: [NETWORK_POLICY_NAME],
    shared: true,
    deletion: { rank: 5, because: 'nobody is left to be shielded' },
  },
  {
    apiVersion: `${ROUTE_GROUP}/v1`,
    kind: 'Route',
    names: 'named by the Config',
    shared: true,
    mark: OWNERSHIP_ANNOTATION,
    deletion: { rank: 1, because: 'first nobody is sent to the registry from outside any more' },
  },
]

/** The row of an object; undefined when the operator writes no object of that kind and name. */
export const writtenKindOf = ({ apiVersion, kind, name }: ObjectRef): WrittenKind | undefined =>
  WRITTEN_KINDS.find(
    (written) =>
      written.kind === kind &&
      groupOf(written.apiVersion) === groupOf(apiVersion) &&
      (written.names === 'named by the Config' || written.names.includes(name)),
  )
