import { type KubeObject, names } from '../../model'
import { MONITORING_NAMESPACE, MONITORING_SERVICE_ACCOUNT } from '../install-names'
import { clusterBinding, clusterRole, namespacedBinding, namespacedRole } from '../rbac'

const ROLE = 'registry-monitoring'
const PROMETHEUS = { name: MONITORING_SERVICE_ACCOUNT, namespace: MONITORING_NAMESPACE }

/** Lets OpenShift's monitoring find what to ask for metrics, and ask the registry. */
export const monitoringRoles: ReadonlyArray<KubeObject> = [
  clusterRole(ROLE, [
    { group: names.IMAGE_GROUP, resources: ['registry/metrics'], verbs: ['get'] },
  ]),
  clusterBinding(ROLE, ROLE, PROMETHEUS),
  namespacedRole(MONITORING_SERVICE_ACCOUNT, [
    { group: '', resources: ['services', 'endpoints', 'pods'], verbs: ['get', 'list', 'watch'] },
  ]),
  namespacedBinding(MONITORING_SERVICE_ACCOUNT, PROMETHEUS),
]
