const registry = 'namespaces/openshift-image-registry'
const rbac = '/apis/rbac.authorization.k8s.io/v1'

/** Where an operator of the registry keeps its objects; every object there counts. */
export const writtenLists: ReadonlyArray<string> = [
  `/api/v1/${registry}/configmaps`,
  `/api/v1/${registry}/persistentvolumeclaims`,
  `/api/v1/${registry}/secrets`,
  `/api/v1/${registry}/serviceaccounts`,
  `/api/v1/${registry}/services`,
  `/apis/apps/v1/${registry}/daemonsets`,
  `/apis/apps/v1/${registry}/deployments`,
  `/apis/batch/v1/${registry}/cronjobs`,
  `/apis/batch/v1/${registry}/jobs`,
  `/apis/networking.k8s.io/v1/${registry}/networkpolicies`,
  `/apis/policy/v1/${registry}/poddisruptionbudgets`,
  `/apis/route.openshift.io/v1/${registry}/routes`,
  '/api/v1/namespaces/openshift-config-managed/configmaps',
  '/apis/imageregistry.operator.openshift.io/v1/configs',
  '/apis/imageregistry.operator.openshift.io/v1/imagepruners',
  '/apis/config.openshift.io/v1/clusteroperators',
  '/apis/config.openshift.io/v1/images',
]

/** The objects of an operator among the many of the cluster. */
export const writtenObjects: ReadonlyArray<string> = [
  `${rbac}/clusterroles/system:registry`,
  `${rbac}/clusterroles/system:image-pruner`,
  `${rbac}/clusterrolebindings/registry-registry-role`,
  `${rbac}/clusterrolebindings/openshift-image-registry-pruner`,
]

/** Where facts are, and what follows from an operator's work, besides the above. */
export const otherLists: ReadonlyArray<string> = [
  `/api/v1/${registry}/pods`,
  `/apis/apps/v1/${registry}/replicasets`,
  `/apis/coordination.k8s.io/v1/${registry}/leases`,
  '/api/v1/namespaces/openshift-config/configmaps',
  '/api/v1/namespaces/openshift-config/secrets',
  '/api/v1/persistentvolumes',
  '/apis/storage.k8s.io/v1/storageclasses',
  '/apis/config.openshift.io/v1/apiservers',
  '/apis/config.openshift.io/v1/clusterversions',
  '/apis/config.openshift.io/v1/featuregates',
  '/apis/config.openshift.io/v1/infrastructures',
  '/apis/config.openshift.io/v1/proxies',
]
