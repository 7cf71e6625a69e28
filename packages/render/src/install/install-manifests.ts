import { type KubeObject } from '../model'
import { crds } from './crds/crds'
import type { InstallOptions } from './install-options'
import { configNamespace, namespace } from './namespace'
import { operatorDeployment } from './operator-deployment'
import { operatorRoles } from './operator-roles'
import { operatorServiceAccount } from './service-account'

/** Everything that has to be in a cluster for the operator to run in it, in the order in which to apply it. */
export const installManifests = (options: InstallOptions): ReadonlyArray<KubeObject> => [
  ...crds(),
  namespace,
  ...(options.platform === 'Kubernetes' ? [configNamespace] : []),
  operatorServiceAccount,
  ...operatorRoles,
  operatorDeployment(options),
]
