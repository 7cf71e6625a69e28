import {
  CERT_MANAGER_GROUP,
  CLOUD_CA_CONFIG_MAP,
  CLUSTER_OPERATOR_NAME,
  CLUSTER_PULL_SECRET,
  CLUSTER_ROLE_BINDING_NAME,
  CLUSTER_ROLE_NAME,
  CLUSTER_VERSION_NAME,
  CONFIG_API_VERSION,
  CONFIG_DEFINITION_NAME,
  CONFIG_MANAGED_NAMESPACE,
  CONFIG_NAMESPACE,
  FIRST_NAMESPACE,
  GATEWAY_GROUP,
  IMAGE_GROUP,
  MONITORING_GROUP,
  NETWORKING_GROUP,
  OPENSHIFT_API_VERSION,
  OPENSHIFT_SIGN,
  PRUNER_ROLE_BINDING_NAME,
  PRUNER_ROLE_NAME,
  REGISTRY_CA_CONFIG_MAP,
  REGISTRY_NAMESPACE,
  ROUTE_GROUP,
  SINGLETON_NAME,
  STORAGE_GROUP,
} from './names'
import { groupOf } from './object-ref'

/** One list-watch: a kind, where, and why we look at it. */
export type WatchedKind = {
  readonly apiVersion: string
  readonly kind: string
  readonly plural: string
  /** Absent: cluster-scoped kinds. */
  readonly namespace?: string
  /** Only the object of this name. */
  readonly name?: string
  /** Only the metadata travels and is kept (PartialObjectMetadata). */
  readonly metadataOnly?: true
  /** Nothing waits for it, and its changes start no pass: it is only counted. */
  readonly optional?: true
  /** Only plain Kubernetes is looked at for it: not clusters that serve this. */
  readonly unlessServed?: typeof OPENSHIFT_SIGN
  readonly why: string
}

type Type = readonly [apiVersion: string, kind: string, plural: string]

const named = ([apiVersion, kind, plural]: Type, name: string, why: string): WatchedKind => ({
  apiVersion,
  kind,
  plural,
  name,
  why,
})

const ours = ([apiVersion, kind, plural]: Type, why: string): WatchedKind => ({
  apiVersion,
  kind,
  plural,
  namespace: REGISTRY_NAMESPACE,
  why,
})

/** Of no interest on OpenShift, which has something of its own for it. */
const onKubernetes = (kind: WatchedKind): WatchedKind => ({
  ...kind,
  unlessServed: OPENSHIFT_SIGN,
})

/** Everything that the operator looks at, and nothing else. Its RBAC follows from this list. */
export const WATCHED_KINDS: ReadonlyArray<WatchedKind> = [
  named([CONFIG_API_VERSION, 'Config', 'configs'], SINGLETON_NAME, 'what the user wants'),
  named(
    [CONFIG_API_VERSION, 'ImagePruner', 'imagepruners'],
    SINGLETON_NAME,
    'which images the user wants to be cleaned up',
  ),
  named(
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions'],
    CONFIG_DEFINITION_NAME,
    'which fields of the Config status the cluster stores',
  ),
  named(
    [OPENSHIFT_API_VERSION, 'Infrastructure', 'infrastructures'],
    SINGLETON_NAME,
    'platform and topology of the cluster',
  ),
  named([OPENSHIFT_API_VERSION, 'Proxy', 'proxies'], SINGLETON_NAME, 'proxy of the registry'),
  named(
    [OPENSHIFT_API_VERSION, 'Image', 'images'],
    SINGLETON_NAME,
    'authorities that the user trusts, and what the cluster knows of the registry',
  ),
  named(
    [OPENSHIFT_API_VERSION, 'APIServer', 'apiservers'],
    SINGLETON_NAME,
    'TLS profile of the cluster',
  ),
  named(
    [OPENSHIFT_API_VERSION, 'FeatureGate', 'featuregates'],
    SINGLETON_NAME,
    'whether image streams have an import mode',
  ),
  named(
    [OPENSHIFT_API_VERSION, 'ClusterVersion', 'clusterversions'],
    CLUSTER_VERSION_NAME,
    'version and architecture of the cluster',
  ),
  named(
    [OPENSHIFT_API_VERSION, 'ClusterOperator', 'clusteroperators'],
    CLUSTER_OPERATOR_NAME,
    'what the cluster is told about us',
  ),
  named(['v1', 'Namespace', 'namespaces'], REGISTRY_NAMESPACE, 'the group that owns volumes'),
  onKubernetes(named(['v1', 'Namespace', 'namespaces'], FIRST_NAMESPACE, 'the cluster by its uid')),
  onKubernetes({
    apiVersion: `${STORAGE_GROUP}/v1`,
    kind: 'StorageClass',
    plural: 'storageclasses',
    metadataOnly: true,
    why: 'which class claims get that name none',
  }),
  {
    apiVersion: 'v1',
    kind: 'Node',
    plural: 'nodes',
    metadataOnly: true,
    why: 'which labels pods can be spread over',
  },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    plural: 'secrets',
    namespace: CONFIG_NAMESPACE,
    name: CLUSTER_PULL_SECRET,
    why: 'credentials for pull-through',
  },
  ours(['v1', 'Secret', 'secrets'], 'copies that we make, and certificates that the pod reads'),
  ours(['v1', 'ConfigMap', 'configmaps'], 'certificate bundles that the pod reads'),
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    plural: 'configmaps',
    namespace: CONFIG_NAMESPACE,
    why: 'authorities that the user names, and settings of the cloud',
  },
  ...[CLOUD_CA_CONFIG_MAP, REGISTRY_CA_CONFIG_MAP].map((name) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    plural: 'configmaps',
    namespace: CONFIG_MANAGED_NAMESPACE,
    name,
    why: 'authorities of the cloud, and those that we hand on to the cluster',
  })),
  ours(['v1', 'ServiceAccount', 'serviceaccounts'], 'identity of the registry'),
  ours(['v1', 'Service', 'services'], 'address of the registry'),
  ours(['v1', 'PersistentVolumeClaim', 'persistentvolumeclaims'], 'storage'),
  ours(['apps/v1', 'Deployment', 'deployments'], 'the registry itself, and how it fares'),
  ours(['apps/v1', 'DaemonSet', 'daemonsets'], 'authorities on the nodes'),
  ours(['batch/v1', 'CronJob', 'cronjobs'], 'when images are cleaned up'),
  ours(['batch/v1', 'Job', 'jobs'], 'how the last clean-up went'),
  ours(['policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets'], 'what a drain may take'),
  ours(
    ['networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies'],
    'who may talk to the registry',
  ),
  onKubernetes(
    ours(
      [`${CERT_MANAGER_GROUP}/v1`, 'Issuer', 'issuers'],
      'who signs the certificate of the registry',
    ),
  ),
  onKubernetes(
    ours(
      [`${CERT_MANAGER_GROUP}/v1`, 'Certificate', 'certificates'],
      'how the certificate of the registry fares',
    ),
  ),
  onKubernetes(
    ours(
      [`${MONITORING_GROUP}/v1`, 'ServiceMonitor', 'servicemonitors'],
      'what Prometheus is to ask for metrics',
    ),
  ),
  onKubernetes(
    ours(
      [`${MONITORING_GROUP}/v1`, 'PrometheusRule', 'prometheusrules'],
      'what Prometheus is to warn of',
    ),
  ),
  ours([`${ROUTE_GROUP}/v1`, 'Route', 'routes'], 'how the registry is reached from outside'),
  onKubernetes(
    ours(
      [`${NETWORKING_GROUP}/v1`, 'Ingress', 'ingresses'],
      'how the registry is reached from outside',
    ),
  ),
  onKubernetes(
    ours(
      [`${GATEWAY_GROUP}/v1`, 'HTTPRoute', 'httproutes'],
      'how the registry is reached through a Gateway',
    ),
  ),
  onKubernetes(
    ours(
      [`${GATEWAY_GROUP}/v1`, 'BackendTLSPolicy', 'backendtlspolicies'],
      'that the Gateway speaks TLS with the registry',
    ),
  ),
  named(
    ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'clusterroles'],
    CLUSTER_ROLE_NAME,
    'what the registry may do',
  ),
  named(
    ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'clusterrolebindings'],
    CLUSTER_ROLE_BINDING_NAME,
    'that the registry may do it',
  ),
  named(
    ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'clusterroles'],
    PRUNER_ROLE_NAME,
    'what the pruner may do',
  ),
  named(
    ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'clusterrolebindings'],
    PRUNER_ROLE_BINDING_NAME,
    'that the pruner may do it',
  ),
  {
    apiVersion: `${IMAGE_GROUP}/v1`,
    kind: 'ImageStream',
    plural: 'imagestreams',
    optional: true,
    why: 'how many tags there are, for the metrics',
  },
]

/** The resource name of a kind in API paths; undefined for kinds that we neither watch nor write. */
export const pluralOf = (kind: string, group?: string): string | undefined =>
  WATCHED_KINDS.find(
    (watched) =>
      watched.kind === kind && (group === undefined || groupOf(watched.apiVersion) === group),
  )?.plural
