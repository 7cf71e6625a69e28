import { isJsonArray, type JsonArray, type KubeObject, names, registryBuild } from '../model'
import { clusterRole as registryRole } from '../objects/rights/cluster-role'
import { clusterRole as prunerRole } from '../objects/pruner/pruner-role'
import { OPERATOR_BINDING_NAME, OPERATOR_NAME } from './install-names'
import type { InstallOptions } from './install-options'
import { mergedRules } from './merged-rules'
import type { PolicyRule } from './policy-rule'
import { clusterBinding, clusterRole, namespacedBinding, namespacedRole } from './rbac'
import { readRules } from './read-rules'
import { writeRules } from './write-rules'

const operator = { name: OPERATOR_NAME, namespace: names.REGISTRY_NAMESPACE }

/** The Lease is created by a POST, whose name nobody knows when it is authorized. */
const leaseRules: ReadonlyArray<PolicyRule> = [
  { group: 'coordination.k8s.io', resources: ['leases'], verbs: ['create'] },
  {
    group: 'coordination.k8s.io',
    resources: ['leases'],
    resourceNames: [names.LEASE_NAME],
    // A list of the one name, where a get would answer 404 while there is none; watched by who waits for it.
    verbs: ['list', 'update', 'watch'],
  },
]

/** An Event is told once, and never changed. */
const eventRule: PolicyRule = { group: '', resources: ['events'], verbs: ['create'] }

/** A Route with a host name of the user's choice is a permission of its own. */
const customHostRule: PolicyRule = {
  group: names.ROUTE_GROUP,
  resources: ['routes/custom-host'],
  verbs: ['create', 'update'],
}

/** On plain Kubernetes: what a clean-up has found stands in the log of its pod. */
const cleanUpRules: ReadonlyArray<PolicyRule> = [
  { group: '', resources: ['pods'], verbs: ['list'] },
  { group: '', resources: ['pods/log'], verbs: ['get'] },
]

/** Nobody can grant what he does not have: what the registry and the pruner may do, the operator must be allowed to do too. */
const grantedRules = (options: Pick<InstallOptions, 'platform' | 'release'>): JsonArray =>
  [
    ...(registryBuild(options)._tag === 'OpenShift' ? [registryRole] : []),
    ...(options.platform === 'OpenShift' ? [prunerRole] : []),
  ].flatMap((role) => {
    const rules = role['rules']
    // The rules stand in manifests of ours; anything else would be a defect that the golden output shows.
    return isJsonArray(rules) ? rules : []
  })

const inNamespace = (
  platform: InstallOptions['platform'],
  namespace: string,
  ...rules: ReadonlyArray<PolicyRule>
): ReadonlyArray<KubeObject> => [
  namespacedRole(
    OPERATOR_NAME,
    mergedRules([...readRules(platform, namespace), ...writeRules(platform, namespace), ...rules]),
    namespace,
  ),
  namespacedBinding(OPERATOR_NAME, operator, namespace),
]

/** What the operator may do, and that it may: the least with which it works. */
export const operatorRoles = (
  options: Pick<InstallOptions, 'platform' | 'release'>,
): ReadonlyArray<KubeObject> => {
  const { platform } = options
  return [
    clusterRole(
      OPERATOR_NAME,
      mergedRules([...readRules(platform, undefined), ...writeRules(platform, undefined)]),
      grantedRules(options),
    ),
    clusterBinding(OPERATOR_BINDING_NAME, OPERATOR_NAME, operator),
    ...inNamespace(
      platform,
      names.REGISTRY_NAMESPACE,
      customHostRule,
      eventRule,
      ...leaseRules,
      ...(platform === 'Kubernetes' ? cleanUpRules : []),
    ),
    ...inNamespace(platform, names.CONFIG_NAMESPACE),
    ...inNamespace(platform, names.CONFIG_MANAGED_NAMESPACE),
  ]
}
