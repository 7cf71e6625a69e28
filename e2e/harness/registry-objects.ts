import type { ClusterClient, KubeObject } from '../cluster/cluster-client'

const NAMESPACE = 'openshift-image-registry'
const rbac = '/apis/rbac.authorization.k8s.io/v1'

export const configPath = '/apis/imageregistry.operator.openshift.io/v1/configs/cluster'
export const prunerPath = '/apis/imageregistry.operator.openshift.io/v1/imagepruners/cluster'
export const clusterOperatorPath = '/apis/config.openshift.io/v1/clusteroperators/image-registry'
export const imagePath = '/apis/config.openshift.io/v1/images/cluster'
export const deploymentPath = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/image-registry`

/** Where the objects are that the operator makes for a Config with a default route, by path. */
const namespacedLists: ReadonlyArray<string> = [
  `/api/v1/namespaces/${NAMESPACE}/serviceaccounts`,
  `/api/v1/namespaces/${NAMESPACE}/configmaps`,
  '/api/v1/namespaces/openshift-config-managed/configmaps',
  `/api/v1/namespaces/${NAMESPACE}/secrets`,
  `/api/v1/namespaces/${NAMESPACE}/services`,
  `/api/v1/namespaces/${NAMESPACE}/persistentvolumeclaims`,
  `/apis/apps/v1/namespaces/${NAMESPACE}/daemonsets`,
  `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`,
  `/apis/batch/v1/namespaces/${NAMESPACE}/cronjobs`,
  `/apis/policy/v1/namespaces/${NAMESPACE}/poddisruptionbudgets`,
  `/apis/networking.k8s.io/v1/namespaces/${NAMESPACE}/networkpolicies`,
  `/apis/route.openshift.io/v1/namespaces/${NAMESPACE}/routes`,
]

const clusterObjects: ReadonlyArray<string> = [
  `${rbac}/clusterroles/system:image-pruner`,
  `${rbac}/clusterroles/system:registry`,
  `${rbac}/clusterrolebindings/openshift-image-registry-pruner`,
  `${rbac}/clusterrolebindings/registry-registry-role`,
]

export type FieldsV1 = Readonly<{ [key: string]: FieldsV1 }>

export type ManagedFields = Readonly<{
  manager: string
  operation: string
  subresource?: string
  fieldsV1: FieldsV1
}>

const managedFieldsOf = (object: KubeObject): ReadonlyArray<ManagedFields> =>
  (object.metadata['managedFields'] ?? []) as ReadonlyArray<ManagedFields>

/** The fields that the operator owns of an object, or of its status; undefined when it owns none. */
export const fieldsOwnedByOperator = (
  object: KubeObject,
  wanted?: 'status',
): FieldsV1 | undefined =>
  managedFieldsOf(object).find(
    ({ manager, operation, subresource }) =>
      manager === 'image-registry-operator' && operation === 'Apply' && subresource === wanted,
  )?.fieldsV1

/** True for a Config or ImagePruner that the operator has made, as there was none. */
export const isBootstrapped = (object: KubeObject): boolean =>
  managedFieldsOf(object).some(({ manager }) => manager === 'image-registry-operator-bootstrap')

export type OwnedObject = Readonly<{ path: string; object: KubeObject }>

/**
 * Every object that the operator has applied and keeps as it is, with its path. Config, ImagePruner and ClusterOperator,
 * of which others own more than we do, are not among them.
 */
export const ownedObjects = async (client: ClusterClient): Promise<ReadonlyArray<OwnedObject>> => {
  const inNamespace = await Promise.all(
    namespacedLists.map(async (path) =>
      (await client.list(path)).map((object) => ({
        path: `${path}/${object.metadata.name}`,
        object,
      })),
    ),
  )
  const single = await Promise.all(
    clusterObjects.map(async (path) => {
      const { code, body } = await client.request('GET', path)
      return code === 200 ? [{ path, object: body as KubeObject }] : []
    }),
  )
  return [...single.flat(), ...inNamespace.flat()].filter(
    ({ object }) => fieldsOwnedByOperator(object) !== undefined,
  )
}

/** Annotations that controllers, the router and service-ca add. */
const isOfOthers = (key: string): boolean =>
  key.startsWith('deployment.kubernetes.io/') ||
  key === 'deprecated.daemonset.template.generation' ||
  key.includes('.openshift.io/serving-cert-signed-by') ||
  key === 'openshift.io/host.generated'

/** What is left of an object when everything is taken away that differs between two runs. */
export const comparable = ({ object }: OwnedObject): unknown => {
  const { apiVersion, kind, metadata, status: _status, data, ...rest } = object
  const { name, namespace, labels, annotations } = metadata
  const own = Object.entries(annotations ?? {}).filter(([key]) => !isOfOthers(key))
  const keys = Object.keys(data ?? {}).sort()
  const {
    clusterIP: _ip,
    clusterIPs: _ips,
    // Which one of the volumes that fit is nobody's wish.
    volumeName: _volume,
    ...spec
  } = (rest['spec'] ?? {}) as Record<string, unknown>
  return {
    apiVersion,
    kind,
    metadata: { name, namespace, labels, annotations: Object.fromEntries(own) },
    keys,
    ...rest,
    spec,
  }
}
