import { type JsonObject, names } from '../model'

const RBAC_GROUP = 'rbac.authorization.k8s.io'
const CONFIG_GROUP = 'imageregistry.operator.openshift.io'

const related = (group: string, resource: string, name: string): JsonObject => ({
  group,
  resource,
  name,
})

/** What belongs to us, for those who collect everything about an operator that is in trouble. In the original's order. */
export const RELATED_OBJECTS: ReadonlyArray<JsonObject> = [
  related(CONFIG_GROUP, 'configs', names.SINGLETON_NAME),
  related(CONFIG_GROUP, 'imagepruners', names.SINGLETON_NAME),
  related(RBAC_GROUP, 'clusterroles', names.CLUSTER_ROLE_NAME),
  related(RBAC_GROUP, 'clusterrolebindings', names.CLUSTER_ROLE_BINDING_NAME),
  related(RBAC_GROUP, 'clusterrolebindings', names.PRUNER_ROLE_BINDING_NAME),
  related('', 'namespaces', names.REGISTRY_NAMESPACE),
]
