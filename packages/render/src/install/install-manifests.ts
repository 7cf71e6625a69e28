import { type KubeObject } from '../model'
import { clusterOperator } from './cluster-operator'
import { collectorRole } from './collector-role'
import { crds } from './crds/crds'
import { credentialsRequests } from './credentials/credentials-requests'
import type { InstallOptions } from './install-options'
import { monitoring } from './monitoring/monitoring'
import { configNamespaces, namespace, restrictedNamespace } from './namespace'
import { networkPolicies } from './network-policies'
import { nodeCaRole } from './node-ca-role'
import { nodeTrust } from './node-trust'
import { operatorConfig } from './operator-config'
import { operatorDeployments } from './operator-deployment'
import { operatorRoles } from './operator-roles'
import { operatorService } from './operator-service'
import { isIncludedIn, withoutReleaseAnnotations } from './release-annotations'
import { nodeCaServiceAccount, operatorServiceAccount } from './service-accounts'
import { trustedCa } from './trusted-ca'

const onOpenshift = (options: InstallOptions): ReadonlyArray<KubeObject> => [
  namespace,
  operatorServiceAccount,
  nodeCaServiceAccount,
  trustedCa,
  ...nodeCaRole,
  ...operatorRoles(options),
  operatorConfig,
  operatorService(options),
  ...networkPolicies,
  ...credentialsRequests,
  ...monitoring(options),
  ...operatorDeployments(options),
  clusterOperator(options.release),
]

const onKubernetes = (options: InstallOptions): ReadonlyArray<KubeObject> => [
  ...crds(),
  restrictedNamespace,
  ...configNamespaces,
  operatorServiceAccount,
  ...operatorRoles(options),
  ...collectorRole,
  operatorService(options),
  ...(options.monitoring ? monitoring(options) : []),
  ...nodeTrust(options),
  ...operatorDeployments(options),
]

const ofProfile = (options: InstallOptions): ReadonlyArray<KubeObject> => {
  const { profile } = options
  const manifests = onOpenshift(options)
  return profile === 'all' ? manifests : manifests.filter(isIncludedIn(profile))
}

/**
 * Everything that has to be in a cluster for the operator to run in it, in the order in which to apply it. The
 * definitions are always among it, although some kinds of cluster get them from elsewhere as well.
 */
export const installManifests = (options: InstallOptions): ReadonlyArray<KubeObject> =>
  options.platform === 'OpenShift'
    ? [...crds(), ...ofProfile(options)]
    : onKubernetes(options).map(withoutReleaseAnnotations)
