/**
 * The names that users, scripts and other components of a cluster know: those that OpenShift's original operator
 * uses, so that this one can take its place. They never change.
 */
export const REGISTRY_NAMESPACE = 'openshift-image-registry'
export const CONFIG_NAMESPACE = 'openshift-config'
/** Where operators leave what other components of the cluster read. */
export const CONFIG_MANAGED_NAMESPACE = 'openshift-config-managed'

export const CONFIG_API_VERSION = 'imageregistry.operator.openshift.io/v1'
/** Only OpenShift serves it. */
export const OPENSHIFT_GROUP = 'config.openshift.io'
/** Infrastructure, Proxy, Image, APIServer, ClusterVersion, FeatureGate, ClusterOperator: the settings of an OpenShift cluster. */
export const OPENSHIFT_API_VERSION = `${OPENSHIFT_GROUP}/v1`
/** Config, ImagePruner, Proxy, Infrastructure, APIServer, FeatureGate and Image are singletons of this name. */
export const SINGLETON_NAME = 'cluster'

/** What we have seen outside of the cluster stands in a snapshot as objects of this group, which no cluster serves. */
export const SEEN_API_VERSION = 'image-registry-operator/v1'

/** Keeps a Config that is being deleted until the registry has gone. */
export const FINALIZER = 'imageregistry.operator.openshift.io/finalizer'
/** The definition of the Config. */
export const CONFIG_DEFINITION_NAME = 'configs.imageregistry.operator.openshift.io'
/** Held by whoever works on the registry: the original holds it too, so that the two never work at the same time. */
export const LEASE_NAME = 'openshift-master-controllers'
/** The group of Routes; plain Kubernetes does not serve it. */
export const ROUTE_GROUP = 'route.openshift.io'
/** The group of ImageStreams, which the pruner goes through. */
export const IMAGE_GROUP = 'image.openshift.io'
export const CLUSTER_OPERATOR_NAME = 'image-registry'
export const CLUSTER_VERSION_NAME = 'version'

export const REGISTRY_NAME = 'image-registry'
export const SERVICE_ACCOUNT_NAME = 'registry'
export const CLUSTER_ROLE_NAME = 'system:registry'
export const CLUSTER_ROLE_BINDING_NAME = 'registry-registry-role'
export const NETWORK_POLICY_NAME = 'image-registry-networkpolicy'
export const DEFAULT_ROUTE_NAME = 'default-route'
export const DEFAULT_CLAIM_NAME = 'image-registry-storage'

export const SERVING_CERTIFICATE_SECRET = 'image-registry-tls'
export const PRIVATE_CONFIGURATION_SECRET = 'image-registry-private-configuration'
/** Credentials of the cloud, which OpenShift puts there because of a CredentialsRequest. */
export const MINTED_CREDENTIALS_SECRET = 'installer-cloud-credentials'
/** Credentials that people give. Where it exists, those of the cloud do not count. */
export const USER_CREDENTIALS_SECRET = 'image-registry-private-configuration-user'
export const PULL_SECRET_COPY = 'installation-pull-secrets'
export const CLUSTER_PULL_SECRET = 'pull-secret'
export const CERTIFICATES_CONFIG_MAP = 'image-registry-certificates'
export const TRUSTED_CA_CONFIG_MAP = 'trusted-ca'
/** The registry's certificate authorities, for other components of the cluster. */
export const REGISTRY_CA_CONFIG_MAP = 'image-registry-ca'
/** OpenShift puts the authority of its serving certificates into it. */
export const SERVICE_CA_CONFIG_MAP = 'serviceca'
/** In `openshift-config-managed`: the authorities of the cloud that the cluster runs on. */
export const CLOUD_CA_CONFIG_MAP = 'kube-cloud-config'
/** In `openshift-config`: settings of the cloud, e.g. the endpoints of an Azure Stack Hub. */
export const CLOUD_PROVIDER_CONFIG_MAP = 'cloud-provider-config'

export const NODE_CA_NAME = 'node-ca'

export const PRUNER_NAME = 'image-pruner'
export const PRUNER_SERVICE_ACCOUNT_NAME = 'pruner'
export const PRUNER_ROLE_NAME = 'system:image-pruner'
export const PRUNER_ROLE_BINDING_NAME = 'openshift-image-registry-pruner'
export const PRUNER_NETWORK_POLICY_NAME = 'image-pruner-networkpolicy'

/** The original made this Job once, on Azure; it is only ever deleted. */
export const AZURE_PATH_FIX_JOB = 'azure-path-fix'

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
/** On the Deployment: digest of what its pods keep as the original operator made them, and of what we would have put there. */
export const ADOPTED_PODS_ANNOTATION = 'imageregistry.operator.openshift.io/adopted-pods'
/** The key of the HTTP secret, and the name of the variable that hands it to the registry. */
export const HTTP_SECRET_KEY = 'REGISTRY_HTTP_SECRET'
export const VERSION_ANNOTATION = 'release.openshift.io/version'
/** On Routes and claims: the operator made this one. Only the key counts. */
export const OWNERSHIP_ANNOTATION = 'imageregistry.openshift.io'
export const SUPPLEMENTAL_GROUPS_ANNOTATION = 'openshift.io/sa.scc.supplemental-groups'

/** On the Config, by us: the storage that we are about to make. Who finds it after a crash knows that nobody else made it. */
export const MAKES_STORAGE_ANNOTATION = 'imageregistry.operator.openshift.io/makes-storage'
/** On the Config, by people: the storage that may be made anew, and empty, after it has vanished. */
export const RECREATE_STORAGE_ANNOTATION = 'imageregistry.operator.openshift.io/recreate-storage'
/** On the Config, by people: above so many bytes (a quantity such as 1Gi) images are not deleted without a confirmation. */
export const DELETION_GUARD_ANNOTATION = 'imageregistry.operator.openshift.io/deletion-guard'
/** On the Config, by people: the storage that may be deleted in spite of the guard. */
export const CONFIRM_DELETION_ANNOTATION = 'imageregistry.operator.openshift.io/confirm-deletion'

/** On the Config, by us: which registries have kept images where, e.g. `azure/account/container=openshift`; parted by commas. */
export const WRITERS_ANNOTATION = 'imageregistry.operator.openshift.io/storage-written-by'
/** On the Config, by people: the same, where they have renamed what is there for another registry. It counts more. */
export const SAID_WRITERS_ANNOTATION = 'imageregistry.operator.openshift.io/storage-layout-of'

/** On the Config, by people: what the claim is like that we make; it counts when the claim is made, and not later. */
export const CLAIM_SIZE_ANNOTATION = 'imageregistry.operator.openshift.io/claim-size'
export const CLAIM_CLASS_ANNOTATION = 'imageregistry.operator.openshift.io/claim-storage-class'
export const CLAIM_MODE_ANNOTATION = 'imageregistry.operator.openshift.io/claim-access-mode'

/** What a cloud shows of who made a thing: the Config's uid stands under this name where names may look like it. */
export const CONFIG_UID_MARK = 'imageregistry.operator.openshift.io/config-uid'

/** Server-side apply: one manager for what we want, one for what we report. Never change them: they are the proof of ownership. */
export const FIELD_MANAGER = 'image-registry-operator'
export const STATUS_FIELD_MANAGER = 'image-registry-operator-status'
/** Holds what a Config or ImagePruner was made with, until somebody else sets it. */
export const BOOTSTRAP_FIELD_MANAGER = 'image-registry-operator-bootstrap'
/** Under this name the original operator updates what it makes. What it holds counts as ours. */
export const ORIGINAL_FIELD_MANAGER = 'cluster-image-registry-operator'
