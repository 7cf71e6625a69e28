/**
 * The names that users, scripts and other components of a cluster know
 * (reference operator, section 1.1 of its behaviour). They never change.
 */
export const REGISTRY_NAMESPACE = 'openshift-image-registry'
export const CONFIG_NAMESPACE = 'openshift-config'

export const CONFIG_API_VERSION = 'imageregistry.operator.openshift.io/v1'
/** Config, Proxy, Infrastructure, APIServer, FeatureGate and Image are singletons of this name. */
export const SINGLETON_NAME = 'cluster'

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
