import { isJsonArray, type JsonArray, type KubeObject, names } from '../model'
import { clusterRole } from '../objects/cluster-role'
import { OPERATOR_BINDING_NAME, OPERATOR_NAME } from './install-names'
import { toPolicyRule, type PolicyRule } from './policy-rule'
import { readRules } from './read-rules'
import { releaseAnnotations } from './release-annotations'
import { writeRules } from './write-rules'

const RBAC = 'rbac.authorization.k8s.io'

const reportRule: PolicyRule = {
  group: 'imageregistry.operator.openshift.io',
  resources: ['configs/status'],
  resourceNames: [names.SINGLETON_NAME],
  verbs: ['patch'],
}

/** The Lease is created by a POST, whose name nobody knows when it is authorized. */
const leaseRules: ReadonlyArray<PolicyRule> = [
  { group: 'coordination.k8s.io', resources: ['leases'], verbs: ['create'] },
  {
    group: 'coordination.k8s.io',
    resources: ['leases'],
    resourceNames: [names.LEASE_NAME],
    // A list of the one name, where a get would answer 404 while there is none.
    verbs: ['list', 'update'],
  },
]

/** A Route with a host name of the user's choice is a permission of its own. */
const customHostRule: PolicyRule = {
  group: names.ROUTE_GROUP,
  resources: ['routes/custom-host'],
  verbs: ['create', 'update'],
}

/** Nobody can grant what he does not have: what the registry may do, the operator must be allowed to do too. */
const grantedRules = (): JsonArray => {
  const rules = clusterRole['rules']
  // The rules stand in a manifest of ours; anything else would be a defect that the golden output shows.
  return isJsonArray(rules) ? rules : []
}

const role = (
  namespace: string | undefined,
  rules: ReadonlyArray<PolicyRule>,
  granted: JsonArray = [],
): KubeObject => ({
  apiVersion: `${RBAC}/v1`,
  kind: namespace === undefined ? 'ClusterRole' : 'Role',
  metadata: {
    name: OPERATOR_NAME,
    ...(namespace === undefined ? {} : { namespace }),
    annotations: releaseAnnotations,
  },
  rules: [...rules.map(toPolicyRule), ...granted],
})

const binding = (namespace: string | undefined): KubeObject => ({
  apiVersion: `${RBAC}/v1`,
  kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
  metadata: {
    ...(namespace === undefined
      ? { name: OPERATOR_BINDING_NAME }
      : { name: OPERATOR_NAME, namespace }),
    annotations: releaseAnnotations,
  },
  roleRef: {
    apiGroup: RBAC,
    kind: namespace === undefined ? 'ClusterRole' : 'Role',
    name: OPERATOR_NAME,
  },
  subjects: [{ kind: 'ServiceAccount', name: OPERATOR_NAME, namespace: names.REGISTRY_NAMESPACE }],
})

/** What the operator may do, and that it may: the least with which it works. */
export const operatorRoles: ReadonlyArray<KubeObject> = [
  role(undefined, [...readRules(undefined), ...writeRules(undefined), reportRule], grantedRules()),
  binding(undefined),
  role(names.REGISTRY_NAMESPACE, [
    ...readRules(names.REGISTRY_NAMESPACE),
    ...writeRules(names.REGISTRY_NAMESPACE),
    customHostRule,
    ...leaseRules,
  ]),
  binding(names.REGISTRY_NAMESPACE),
  role(names.CONFIG_NAMESPACE, readRules(names.CONFIG_NAMESPACE)),
  binding(names.CONFIG_NAMESPACE),
]
