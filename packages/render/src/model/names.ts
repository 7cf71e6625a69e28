/**
 * The names that users, scripts and other components of a cluster know: those that OpenShift's original operator
 * uses, so that this one can take its place. They never change.
 */
export const REGISTRY_NAMESPACE = 'openshift-image-registry'
export const CONFIG_NAMESPACE = 'openshift-config'

export const CONFIG_API_VERSION = 'imageregistry.operator.openshift.io/v1'
/** Config, Proxy, Infrastructure, APIServer, FeatureGate and Image are singletons of this name. */
export const SINGLETON_NAME = 'cluster'

/** The definition of the Config. */
export const CONFIG_DEFINITION_NAME = 'configs.imageregistry.operator.openshift.io'
/** Held by whoever works on the registry: the original holds it too, so that the two never work at the same time. */
export const LEASE_NAME = 'openshift-master-controllers'
/** The group of Routes; plain Kubernetes does not serve it. */
export const ROUTE_GROUP = 'route.openshift.io'

export const REGISTRY_NAME = 'image-registry'
export const SERVICE_ACCOUNT_NAME = 'registry'
export const CLUSTER_ROLE_NAME = 'system:registry'
export const CLUSTER_ROLE_BINDING_NAME = 'registry-registry-role'
export const NETWORK_POLICY_NAME = 'image-registry-networkpolicy'
export const DEFAULT_ROUTE_NAME = 'default-route'
export const DEFAULT_CLAIM_NAME = 'image-registry-storage'

export const SERVING_CERTIFICATE_SECRET = 'image-registry-tls'
export const PRIVATE_CONFIGURATION_SECRET = 'image-registry-private-configuration'
export const PULL_SECRET_COPY = 'installation-pull-secrets'
export const CLUSTER_PULL_SECRET = 'pull-secret'
export const CERTIFICATES_CONFIG_MAP = 'image-registry-certificates'
export const TRUSTED_CA_CONFIG_MAP = 'trusted-ca'

export const REGISTRY_PORT = 5000
/** The volume of the pod that images are kept on. */
export const STORAGE_VOLUME_NAME = 'registry-storage'

/** Labels of nodes that pods are spread over. */
export const HOST_LABEL = 'kubernetes.io/hostname'
export const WORKER_LABEL = 'node-role.kubernetes.io/worker'
export const ZONE_LABEL = 'topology.kubernetes.io/zone'

/** Digest of an object as we want it. The original writes the same annotation. */
export const CHECKSUM_ANNOTATION = 'imageregistry.operator.openshift.io/checksum'
/** On the pod template: digest of the Secrets and ConfigMaps that the pod reads, so that it restarts with them. */
export const DEPENDENCIES_ANNOTATION = 'imageregistry.operator.openshift.io/dependencies-checksum'
/** On the Deployment: digest of its spec. Written because the original does; nothing of ours reads it. */
export const SPEC_HASH_ANNOTATION = 'operator.openshift.io/spec-hash'
export const VERSION_ANNOTATION = 'release.openshift.io/version'
/** On Routes and claims: the operator made this one. Only the key counts. */
export const OWNERSHIP_ANNOTATION = 'imageregistry.openshift.io'
export const SUPPLEMENTAL_GROUPS_ANNOTATION = 'openshift.io/sa.scc.supplemental-groups'

/** Server-side apply: one manager for what we want, one for what we report. Never change them: they are the proof of ownership. */
export const FIELD_MANAGER = 'image-registry-operator'
export const STATUS_FIELD_MANAGER = 'image-registry-operator-status'
