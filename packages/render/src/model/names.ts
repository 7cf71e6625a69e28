/**
 * The names that users, scripts and other components of a cluster know: those that OpenShift's original operator
 * uses, so that this one can take its place. They never change.
 */
export const REGISTRY_NAMESPACE = 'openshift-image-registry'
export const CONFIG_NAMESPACE = 'openshift-config'
/** Where operators leave what other components of the cluster read. */
export const CONFIG_MANAGED_NAMESPACE = 'openshift-config-managed'

export const CONFIG_API_VERSION = 'imageregistry.operator.openshift.io/v1'
export const OPENSHIFT_GROUP = 'config.openshift.io'
/** Infrastructure, Proxy, Image, APIServer, ClusterVersion, FeatureGate, ClusterOperator: the settings of an OpenShift cluster. */
export const OPENSHIFT_API_VERSION = `${OPENSHIFT_GROUP}/v1`
/** Only OpenShift serves it; others may define something else in its group. */
export const OPENSHIFT_SIGN = {
  apiVersion: OPENSHIFT_API_VERSION,
  plural: 'infrastructures',
} as const
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
/** The group of Ingresses and NetworkPolicies. */
export const NETWORKING_GROUP = 'networking.k8s.io'
/** The group of the Gateway API, where it is installed. */
export const GATEWAY_GROUP = 'gateway.networking.k8s.io'
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
/** On plain Kubernetes: the authority that signs the serving certificate, with its key. */
export const SIGNER_SECRET = 'image-registry-signer'
/** On plain Kubernetes: whom to trust as the registry, for its clients. */
export const SERVING_CA_CONFIG_MAP = 'image-registry-serving-ca'
/** Its keys: the authorities, and under which host names nodes reach the registry where, a line for each: `<name>[:port]=<https URL>`. */
export const SERVING_CA_KEY = 'ca.crt'
export const SERVING_HOSTS_KEY = 'hosts'
/** On plain Kubernetes: what tells the nodes' container runtimes of the registry, and the namespace for it alone, where pods may write to nodes. */
export const NODE_TRUST_NAME = 'node-trust'
export const NODE_TRUST_NAMESPACE = 'openshift-image-registry-nodes'
/** The group of cert-manager, where it is installed. */
export const CERT_MANAGER_GROUP = 'cert-manager.io'
/** The Issuers of cert-manager that sign the authority, and what the authority signs. */
export const SELF_SIGNED_ISSUER = 'image-registry-selfsigned'
export const SIGNER_ISSUER = 'image-registry-signer'
/** On plain Kubernetes: the user that the operator makes, with its password. */
export const FIRST_USER_SECRET = 'image-registry-first-user'
/** The name of that user. */
export const FIRST_USER_NAME = 'admin'
/** On plain Kubernetes: the users that people add. */
export const USERS_SECRET = 'image-registry-users'
/** On plain Kubernetes: everybody whom the registry lets in, as it reads them. */
export const HTPASSWD_SECRET = 'image-registry-htpasswd'
/** The key of users in both, and the name of the file that the registry reads. */
export const HTPASSWD_KEY = 'htpasswd'
/** On plain Kubernetes: who gives out tokens for the registry, as people say it. Where it is there, the registry has no users. */
export const TOKEN_AUTH_CONFIG_MAP = 'image-registry-token-auth'
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
/** On plain Kubernetes: what the names of the Jobs begin with that delete what a dry run has found. */
export const COLLECTING_JOB_PREFIX = 'image-pruner-collect-'
/** They end with so much of the uid of that dry run. */
export const COLLECTING_UID_LENGTH = 8
/** On plain Kubernetes: what these Jobs may do, which wait until the registry takes no pushes. */
export const COLLECTOR_ROLE_NAME = 'image-pruner-collector'

/** The original made this Job once, on Azure; it is only ever deleted. */
export const AZURE_PATH_FIX_JOB = 'azure-path-fix'

export const REGISTRY_PORT = 5000
/** On plain Kubernetes: where registries of the distribution project tell their metrics. */
export const REGISTRY_METRICS_PORT = 5001
/** On plain Kubernetes: the Service by which the registry's metrics are found. */
export const METRICS_SERVICE_NAME = 'image-registry-metrics'
/** The Service by which the operator's metrics are found, and what has them asked for. */
export const OPERATOR_METRICS_NAME = 'image-registry-operator'
/** The port that metrics are asked for at, of either Service. */
export const METRICS_PORT_NAME = 'metrics'
/** What people are warned of. */
export const ALERTS_NAME = 'image-registry-operator-alerts'
/** The group of what the Prometheus operator reads, where it is installed. */
export const MONITORING_GROUP = 'monitoring.coreos.com'
/** The volume of the pod that images are kept on. */
export const STORAGE_VOLUME_NAME = 'registry-storage'

/** Labels of nodes that pods are spread over. */
export const HOST_LABEL = 'kubernetes.io/hostname'
export const WORKER_LABEL = 'node-role.kubernetes.io/worker'
export const ZONE_LABEL = 'topology.kubernetes.io/zone'
/** Label of nodes: the region of the cloud that they are in. */
export const REGION_LABEL = 'topology.kubernetes.io/region'

/** A cluster has it from its first minute, and never anew: its uid names clusters that have no other name. */
export const FIRST_NAMESPACE = 'kube-system'
/** The group of StorageClasses. */
export const STORAGE_GROUP = 'storage.k8s.io'
/** On StorageClasses: claims that name no class get this one. The second is the older spelling, which counts still. */
export const DEFAULT_CLASS_ANNOTATIONS = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
] as const

/** Digest of an object as we want it. The original writes the same annotation. */
export const CHECKSUM_ANNOTATION = 'imageregistry.operator.openshift.io/checksum'
/** On the pod template: digest of the Secrets and ConfigMaps that the pod reads, so that it restarts with them. */
export const DEPENDENCIES_ANNOTATION = 'imageregistry.operator.openshift.io/dependencies-checksum'
/** On the Deployment: digest of its spec. Written because the original does; nothing of ours reads it. */
export const SPEC_HASH_ANNOTATION = 'operator.openshift.io/spec-hash'
/** On the Deployment: digest of what its pods keep as the original operator made them, and of what we would have put there. */
export const ADOPTED_PODS_ANNOTATION = 'imageregistry.operator.openshift.io/adopted-pods'
/** On the Deployment: its pods go before others come this time, because they would keep those off their node. */
export const MAKES_ROOM_ANNOTATION = 'imageregistry.operator.openshift.io/makes-room'
/** The key of the HTTP secret, and the name of the variable that hands it to the registry. */
export const HTTP_SECRET_KEY = 'REGISTRY_HTTP_SECRET'
/** With this variable the registry takes no pushes. */
export const READ_ONLY_VARIABLE = 'REGISTRY_STORAGE_MAINTENANCE_READONLY'
export const READ_ONLY_VARIABLE_VALUE = '{enabled: true}'
export const VERSION_ANNOTATION = 'release.openshift.io/version'
/**
 * On Routes, what stands in for them, claims, and Secrets with certificates: the operator made this one. Of these Secrets
 * nothing else shows it. Only the key counts.
 */
export const OWNERSHIP_ANNOTATION = 'imageregistry.openshift.io'
export const SUPPLEMENTAL_GROUPS_ANNOTATION = 'openshift.io/sa.scc.supplemental-groups'

/** On the Config, by us: the storage that we are about to make. Who finds it after a crash knows that nobody else made it. */
export const MAKES_STORAGE_ANNOTATION = 'imageregistry.operator.openshift.io/makes-storage'
/** On the Config, by people: the storage that may be made anew, and empty, after it has vanished. */
export const RECREATE_STORAGE_ANNOTATION = 'imageregistry.operator.openshift.io/recreate-storage'
/** On the Config, by us: the storage of which that permission has been used; it counts again once people have taken theirs away. */
export const SPENT_CONSENT_ANNOTATION = 'imageregistry.operator.openshift.io/recreate-storage-spent'
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

/** On the Config, by people: which issuer of cert-manager signs the serving certificate: `Issuer/name` or `ClusterIssuer/name`. */
export const CERTIFICATE_ISSUER_ANNOTATION =
  'imageregistry.operator.openshift.io/certificate-issuer'
/** On the Config, by people, on plain Kubernetes: `none` lets everybody in. */
export const AUTHENTICATION_ANNOTATION = 'imageregistry.operator.openshift.io/authentication'
/** On the Config, by people, on plain Kubernetes: `none` has no user made. */
export const FIRST_USER_ANNOTATION = 'imageregistry.operator.openshift.io/first-user'
/** On the Config, by people: which Gateway leads to the registry: `<namespace>/<name>`, or `<namespace>/<name>/<listener>`. */
export const GATEWAY_ANNOTATION = 'imageregistry.operator.openshift.io/gateway'
/** On the Config, by people: of which class its Ingresses are. */
export const INGRESS_CLASS_ANNOTATION = 'imageregistry.operator.openshift.io/ingress-class'
/** On the Config, by people: the host name of the default route, which nothing on plain Kubernetes can make up. */
export const DEFAULT_HOSTNAME_ANNOTATION = 'imageregistry.operator.openshift.io/default-hostname'
/** On the ImagePruner, by people, on plain Kubernetes: `true` has manifests deleted as well that no tag names. */
export const DELETE_UNTAGGED_ANNOTATION = 'imageregistry.operator.openshift.io/delete-untagged'
/** On the ImagePruner, by people, on plain Kubernetes: how long a clean-up may delete, a Go duration. */
export const READ_ONLY_WINDOW_ANNOTATION = 'imageregistry.operator.openshift.io/read-only-window'
/** On a Secret with a certificate that we have issued: how often, from 1. */
export const ISSUE_ANNOTATION = 'imageregistry.operator.openshift.io/issue'

/** What a cloud shows of who made a thing: the Config's uid stands under this name where names may look like it. */
export const CONFIG_UID_MARK = 'imageregistry.operator.openshift.io/config-uid'

/** Server-side apply: one manager for what we want, one for what we report. Never change them: they are the proof of ownership. */
export const FIELD_MANAGER = 'image-registry-operator'
export const STATUS_FIELD_MANAGER = 'image-registry-operator-status'
/** Holds what a Config or ImagePruner was made with, until somebody else sets it. */
export const BOOTSTRAP_FIELD_MANAGER = 'image-registry-operator-bootstrap'
/** Under this name the original operator updates what it makes. What it holds counts as ours. */
export const ORIGINAL_FIELD_MANAGER = 'cluster-image-registry-operator'
