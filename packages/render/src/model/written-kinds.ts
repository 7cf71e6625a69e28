import {
  ALERTS_NAME,
  AZURE_PATH_FIX_JOB,
  CERT_MANAGER_GROUP,
  CERTIFICATES_CONFIG_MAP,
  CHECKSUM_ANNOTATION,
  CLUSTER_OPERATOR_NAME,
  CLUSTER_ROLE_BINDING_NAME,
  CLUSTER_ROLE_NAME,
  CONFIG_API_VERSION,
  CONFIG_MANAGED_NAMESPACE,
  DEFAULT_CLAIM_NAME,
  GATEWAY_GROUP,
  FIRST_USER_SECRET,
  HTPASSWD_SECRET,
  METRICS_SERVICE_NAME,
  MONITORING_GROUP,
  NETWORK_POLICY_NAME,
  NETWORKING_GROUP,
  NODE_CA_NAME,
  OPENSHIFT_API_VERSION,
  OPENSHIFT_SIGN,
  OPERATOR_METRICS_NAME,
  OWNERSHIP_ANNOTATION,
  PRIVATE_CONFIGURATION_SECRET,
  PRUNER_NAME,
  PRUNER_NETWORK_POLICY_NAME,
  PRUNER_ROLE_BINDING_NAME,
  PRUNER_ROLE_NAME,
  PRUNER_SERVICE_ACCOUNT_NAME,
  PULL_SECRET_COPY,
  REGISTRY_CA_CONFIG_MAP,
  REGISTRY_NAME,
  REGISTRY_NAMESPACE,
  ROUTE_GROUP,
  SELF_SIGNED_ISSUER,
  SERVICE_ACCOUNT_NAME,
  SERVICE_CA_CONFIG_MAP,
  SERVING_CA_CONFIG_MAP,
  SERVING_CERTIFICATE_SECRET,
  SIGNER_ISSUER,
  SIGNER_SECRET,
  SINGLETON_NAME,
} from './names'
import { groupOf, type ObjectRef } from './object-ref'
import type { Part } from './part'

/** Objects that the operator writes: of one kind, in one place. */
export type WrittenKind = {
  readonly apiVersion: string
  readonly kind: string
  /** Absent: cluster-scoped kinds. */
  readonly namespace?: string
  /** Only the objects of these names; or whatever the Config names. */
  readonly names: ReadonlyArray<string> | 'named by the Config'
  readonly part: Part
  /** Others write fields of it too: who holds what decides what has to be taken back from them. */
  readonly shared: boolean
  /** The annotation that the original operator leaves on what it makes, if any: whose object it is where no field manager tells. */
  readonly mark?: string
  /** Nothing but the mark tells that it is ours: who takes it off has the object for their own. */
  readonly byMarkOnly?: true
  /** When it goes with the registry; the smaller, the earlier. Absent: it stays. */
  readonly deletion?: { readonly rank: number; readonly because: string }
  /** It goes as soon as nothing asks for it any more, although the registry stays. */
  readonly whileWanted?: true
  /** It makes objects of its own, and has gone only when those have. */
  readonly hasDependents?: true
  /** Its status is written by others, and not by us, unless this says so. */
  readonly writesStatus?: true
  /** Only plain Kubernetes has it: not clusters that serve this. */
  readonly unlessServed?: typeof OPENSHIFT_SIGN
  /** Only OpenShift has it: clusters that serve this. */
  readonly ifServed?: typeof OPENSHIFT_SIGN
}

const RBAC = 'rbac.authorization.k8s.io/v1'

/** The registry itself: it goes when the registry is to be removed. */
const REGISTRY: ReadonlyArray<WrittenKind> = [
  {
    apiVersion: RBAC,
    kind: 'ClusterRole',
    names: [CLUSTER_ROLE_NAME],
    part: 'registry',
    shared: true,
    mark: CHECKSUM_ANNOTATION,
    deletion: { rank: 8, because: 'what is bound goes after what binds it' },
  },
  {
    apiVersion: RBAC,
    kind: 'ClusterRoleBinding',
    names: [CLUSTER_ROLE_BINDING_NAME],
    part: 'registry',
    shared: true,
    mark: CHECKSUM_ANNOTATION,
    deletion: { rank: 7, because: 'nobody is left to be allowed anything' },
  },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    namespace: REGISTRY_NAMESPACE,
    names: [SERVICE_ACCOUNT_NAME],
    part: 'registry',
    shared: true,
    mark: CHECKSUM_ANNOTATION,
    deletion: { rank: 9, because: 'nothing is bound to it any more' },
  },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    namespace: REGISTRY_NAMESPACE,
    names: [PULL_SECRET_COPY, PRIVATE_CONFIGURATION_SECRET],
    part: 'registry',
    shared: true,
    mark: CHECKSUM_ANNOTATION,
    deletion: { rank: 6, because: 'nobody is left to read credentials' },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    namespace: REGISTRY_NAMESPACE,
    names: [REGISTRY_NAME],
    part: 'registry',
    shared: true,
    mark: CHECKSUM_ANNOTATION,
    deletion: { rank: 4, because: 'nobody is left to be addressed' },
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    namespace: REGISTRY_NAMESPACE,
    names: [DEFAULT_CLAIM_NAME],
    part: 'registry',
    // Made once and left alone: nothing is ever taken back.
    shared: false,
    mark: OWNERSHIP_ANNOTATION,
    deletion: { rank: 10, because: 'images last: a claim stays until no pod mounts it anyway' },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    namespace: REGISTRY_NAMESPACE,
    names: [REGISTRY_NAME],
    part: 'registry',
    shared: true,
    mark: CHECKSUM_ANNOTATION,
    deletion: { rank: 2, because: 'its pods still need everything below to end in peace' },
    hasDependents: true,
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    namespace: REGISTRY_NAMESPACE,
    names: [REGISTRY_NAME],
    part: 'registry',
    shared: true,
    mark: CHECKSUM_ANNOTATION,
    deletion: { rank: 3, because: 'there are no pods left to guard' },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    namespace: REGISTRY_NAMESPACE,
    names: [NETWORK_POLICY_NAME],
    part: 'registry',
    shared: true,
    deletion: { rank: 5, because: 'nobody is left to be shielded' },
  },
  {
    apiVersion: `${ROUTE_GROUP}/v1`,
    kind: 'Route',
    namespace: REGISTRY_NAMESPACE,
    names: 'named by the Config',
    part: 'registry',
    shared: true,
    mark: OWNERSHIP_ANNOTATION,
    whileWanted: true,
    deletion: { rank: 1, because: 'first nobody is sent to the registry from outside any more' },
  },
]

/** What Prometheus is to look at, where it can be told. What is about the operator stays with the operator. */
const MONITORING: ReadonlyArray<WrittenKind> = [
  {
    apiVersion: `${MONITORING_GROUP}/v1`,
    kind: 'ServiceMonitor',
    namespace: REGISTRY_NAMESPACE,
    names: [REGISTRY_NAME],
    part: 'registry',
    shared: true,
    whileWanted: true,
    deletion: { rank: 3.1, because: 'nobody is left to be asked for metrics' },
    unlessServed: OPENSHIFT_SIGN,
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    namespace: REGISTRY_NAMESPACE,
    names: [METRICS_SERVICE_NAME],
    part: 'registry',
    shared: true,
    whileWanted: true,
    deletion: { rank: 3.2, because: 'nobody asks for metrics any more' },
    unlessServed: OPENSHIFT_SIGN,
  },
  {
    apiVersion: `${MONITORING_GROUP}/v1`,
    kind: 'ServiceMonitor',
    namespace: REGISTRY_NAMESPACE,
    names: [OPERATOR_METRICS_NAME],
    part: 'registry',
    shared: true,
    unlessServed: OPENSHIFT_SIGN,
  },
  {
    apiVersion: `${MONITORING_GROUP}/v1`,
    kind: 'PrometheusRule',
    namespace: REGISTRY_NAMESPACE,
    names: [ALERTS_NAME],
    part: 'registry',
    shared: true,
    unlessServed: OPENSHIFT_SIGN,
  },
]

/** The registry's certificate, where nobody else makes one. It goes with the registry. */
const CERTIFICATE: ReadonlyArray<WrittenKind> = [
  {
    apiVersion: `${CERT_MANAGER_GROUP}/v1`,
    kind: 'Certificate',
    namespace: REGISTRY_NAMESPACE,
    names: [SERVING_CERTIFICATE_SECRET, SIGNER_SECRET],
    part: 'registry',
    shared: true,
    whileWanted: true,
    deletion: { rank: 5.1, because: 'before its Secret, which would be made again' },
    unlessServed: OPENSHIFT_SIGN,
  },
  {
    apiVersion: `${CERT_MANAGER_GROUP}/v1`,
    kind: 'Issuer',
    namespace: REGISTRY_NAMESPACE,
    names: [SELF_SIGNED_ISSUER, SIGNER_ISSUER],
    part: 'registry',
    shared: true,
    whileWanted: true,
    deletion: { rank: 5.2, because: 'it has nothing left to sign' },
    unlessServed: OPENSHIFT_SIGN,
  },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    namespace: REGISTRY_NAMESPACE,
    names: [SERVING_CERTIFICATE_SECRET, SIGNER_SECRET],
    part: 'registry',
    shared: true,
    mark: OWNERSHIP_ANNOTATION,
    byMarkOnly: true,
    deletion: { rank: 5.3, because: 'no pod is left that mounts it' },
    unlessServed: OPENSHIFT_SIGN,
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: REGISTRY_NAMESPACE,
    names: [SERVING_CA_CONFIG_MAP],
    part: 'registry',
    shared: true,
    deletion: { rank: 5.4, because: 'nobody is left to be trusted' },
    unlessServed: OPENSHIFT_SIGN,
  },
]

/** Who is let in, where the registry does not ask the cluster. It goes with the registry; what people have written stays. */
const ACCESS: ReadonlyArray<WrittenKind> = [
  {
    apiVersion: 'v1',
    kind: 'Secret',
    namespace: REGISTRY_NAMESPACE,
    // They stay while the registry does without them: its former pods may start again, and passwords are in use elsewhere.
    names: [FIRST_USER_SECRET, HTPASSWD_SECRET],
    part: 'registry',
    shared: true,
    mark: CHECKSUM_ANNOTATION,
    deletion: { rank: 6.1, because: 'nobody is left to let anybody in' },
    unlessServed: OPENSHIFT_SIGN,
  },
]

/** What stands in for Routes where there are none. */
const EXPOSURE: ReadonlyArray<WrittenKind> = [
  {
    apiVersion: `${NETWORKING_GROUP}/v1`,
    kind: 'Ingress',
    namespace: REGISTRY_NAMESPACE,
    names: 'named by the Config',
    part: 'registry',
    shared: true,
    mark: OWNERSHIP_ANNOTATION,
    whileWanted: true,
    deletion: { rank: 1.1, because: 'like a Route' },
    unlessServed: OPENSHIFT_SIGN,
  },
  {
    apiVersion: `${GATEWAY_GROUP}/v1`,
    kind: 'HTTPRoute',
    namespace: REGISTRY_NAMESPACE,
    names: 'named by the Config',
    part: 'registry',
    shared: true,
    mark: OWNERSHIP_ANNOTATION,
    whileWanted: true,
    deletion: { rank: 1.2, because: 'like a Route' },
    unlessServed: OPENSHIFT_SIGN,
  },
  {
    apiVersion: `${GATEWAY_GROUP}/v1`,
    kind: 'BackendTLSPolicy',
    namespace: REGISTRY_NAMESPACE,
    names: [REGISTRY_NAME],
    part: 'registry',
    shared: true,
    mark: OWNERSHIP_ANNOTATION,
    whileWanted: true,
    deletion: { rank: 1.3, because: 'no HTTPRoute is left that needs it' },
    unlessServed: OPENSHIFT_SIGN,
  },
]

/** What stays although the registry is removed. */
const STAYING: ReadonlyArray<WrittenKind> = [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: REGISTRY_NAMESPACE,
    names: [SERVICE_CA_CONFIG_MAP],
    part: 'pruner',
    shared: true,
    ifServed: OPENSHIFT_SIGN,
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: REGISTRY_NAMESPACE,
    names: [CERTIFICATES_CONFIG_MAP],
    part: 'certificates',
    shared: true,
    mark: CHECKSUM_ANNOTATION,
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: CONFIG_MANAGED_NAMESPACE,
    names: [REGISTRY_CA_CONFIG_MAP],
    part: 'certificates',
    shared: true,
    mark: CHECKSUM_ANNOTATION,
    ifServed: OPENSHIFT_SIGN,
  },
  {
    apiVersion: RBAC,
    kind: 'ClusterRole',
    names: [PRUNER_ROLE_NAME],
    part: 'pruner',
    shared: true,
    mark: CHECKSUM_ANNOTATION,
    ifServed: OPENSHIFT_SIGN,
  },
  {
    apiVersion: RBAC,
    kind: 'ClusterRoleBinding',
    names: [PRUNER_ROLE_BINDING_NAME],
    part: 'pruner',
    shared: true,
    mark: CHECKSUM_ANNOTATION,
    ifServed: OPENSHIFT_SIGN,
  },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    namespace: REGISTRY_NAMESPACE,
    names: [PRUNER_SERVICE_ACCOUNT_NAME],
    part: 'pruner',
    shared: true,
    mark: CHECKSUM_ANNOTATION,
    ifServed: OPENSHIFT_SIGN,
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    namespace: REGISTRY_NAMESPACE,
    names: [PRUNER_NETWORK_POLICY_NAME],
    part: 'pruner',
    shared: true,
    ifServed: OPENSHIFT_SIGN,
  },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    namespace: REGISTRY_NAMESPACE,
    names: [PRUNER_NAME],
    part: 'pruner',
    shared: true,
    mark: CHECKSUM_ANNOTATION,
  },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    namespace: REGISTRY_NAMESPACE,
    names: [NODE_CA_NAME],
    part: 'node-ca',
    shared: true,
    ifServed: OPENSHIFT_SIGN,
  },
  {
    apiVersion: OPENSHIFT_API_VERSION,
    kind: 'Image',
    names: [SINGLETON_NAME],
    part: 'image-config',
    shared: true,
    writesStatus: true,
    ifServed: OPENSHIFT_SIGN,
  },
]

/** What people and the cluster talk to us through. We make it where it is missing, and then own single fields of it. */
const INTERFACES: ReadonlyArray<WrittenKind> = [
  {
    apiVersion: CONFIG_API_VERSION,
    kind: 'Config',
    names: [SINGLETON_NAME],
    part: 'config',
    shared: true,
    writesStatus: true,
  },
  {
    apiVersion: CONFIG_API_VERSION,
    kind: 'ImagePruner',
    names: [SINGLETON_NAME],
    part: 'pruner',
    shared: true,
    writesStatus: true,
  },
  {
    apiVersion: OPENSHIFT_API_VERSION,
    kind: 'ClusterOperator',
    names: [CLUSTER_OPERATOR_NAME],
    part: 'cluster-operator',
    shared: true,
    writesStatus: true,
    ifServed: OPENSHIFT_SIGN,
  },
]

const LEGACY: WrittenKind = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  namespace: REGISTRY_NAMESPACE,
  names: [AZURE_PATH_FIX_JOB],
  part: 'legacy',
  shared: true,
  hasDependents: true,
  ifServed: OPENSHIFT_SIGN,
}

/** What the clean-up of plain Kubernetes deletes garbage with; after `LEGACY`, since it has no names. */
const COLLECTION: WrittenKind = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  namespace: REGISTRY_NAMESPACE,
  names: 'named by the Config',
  part: 'pruner',
  // Made once and left alone: nothing is ever taken back.
  shared: false,
  whileWanted: true,
  hasDependents: true,
  deletion: { rank: 1.9, because: 'nothing is deleted from a storage that goes as a whole' },
  unlessServed: OPENSHIFT_SIGN,
}

/** Everything that the operator writes, but for its Lease and its Events. */
export const WRITTEN_KINDS: ReadonlyArray<WrittenKind> = [
  ...INTERFACES,
  ...REGISTRY,
  ...MONITORING,
  ...CERTIFICATE,
  ...ACCESS,
  ...EXPOSURE,
  ...STAYING,
  LEGACY,
  COLLECTION,
]

/** The row of an object; undefined when the operator writes no object of that kind and name. */
export const writtenKindOf = ({
  apiVersion,
  kind,
  namespace,
  name,
}: ObjectRef): WrittenKind | undefined =>
  WRITTEN_KINDS.find(
    (written) =>
      written.kind === kind &&
      written.namespace === namespace &&
      groupOf(written.apiVersion) === groupOf(apiVersion) &&
      (written.names === 'named by the Config' || written.names.includes(name)),
  )

/** Which part an object belongs to; what we do not write counts as the registry's. */
export const partOf = (ref: ObjectRef): Part => writtenKindOf(ref)?.part ?? 'registry'
