import * as E from 'fp-ts/Either'
import * as RA from 'fp-ts/ReadonlyArray'

import {
  type ClusterFacts,
  type Config,
  type DesiredState,
  isPlatformAwaited,
  registryBuild,
  type Wishes,
} from './model'
import { access } from './objects/access/access'
import { bootstrap } from './objects/cluster/bootstrap'
import { certificates } from './objects/certificates/certificates'
import { claim } from './objects/storage/claim'
import { clusterOperator } from './objects/cluster/cluster-operator'
import { clusterRole } from './objects/rights/cluster-role'
import { clusterRoleBinding } from './objects/rights/cluster-role-binding'
import { configDecisions } from './objects/cluster/config-decisions'
import { awaitedDeployment, deployment } from './objects/deployment/deployment'
import { disruptionBudget } from './objects/deployment/disruption-budget'
import { exposure } from './objects/exposure/exposure'
import { imageConfig } from './objects/cluster/image-config'
import { monitoring } from './objects/monitoring/monitoring'
import { networkPolicy } from './objects/network/network-policy'
import { nodeCa } from './objects/cluster/node-ca'
import { privateConfiguration } from './objects/deployment/private-configuration'
import { pruner } from './objects/pruner/pruner'
import { serviceCa } from './objects/pruner/service-ca'
import { pullSecret, pullSecretFills } from './objects/deployment/pull-secret'
import { converging, convergingPlain, type Rendered } from './objects/rendered'
import { service } from './objects/network/service'
import { servingCertificate } from './objects/certificates/serving-certificate'
import { serviceAccount } from './objects/rights/service-account'
import { storageTarget } from './objects/storage-target/storage-target'
import { leavingStorage } from './storage/leaving-storage'

/**
 * What should be: every object in the order in which it is applied, and those that cannot be said yet.
 * Total, and independent of the order of its inputs' lists and maps.
 *
 * Of the registry itself there is nothing in it when it is Removed, where everything of it has to go, when it is
 * Unmanaged, where nothing may be touched, and when the Config cannot be used: `plan` tells these apart. What
 * does not come and go with the registry is always in it.
 */
export const render = (wishes: Wishes, facts: ClusterFacts): DesiredState => {
  const { left: withheld, right: objects } = RA.separate([
    ...bootstrap(wishes, facts),
    ...configDecisions(wishes, facts),
    ...clusterOperator(facts),
    ...serviceCa(facts),
    ...certificates(wishes, facts),
    ...registry(wishes, facts),
    ...imageConfig(wishes, facts),
    ...pruner(wishes, facts),
    ...nodeCa(facts),
  ])
  return { objects, withheld, ...storageOutside(wishes, facts) }
}

/** The storage outside of the cluster: the one that is wanted, or the one that images were in where the registry goes. */
const storageOutside = (
  { config }: Wishes,
  facts: ClusterFacts,
): Pick<DesiredState, 'storage' | 'storageProblem'> => {
  if (E.isLeft(config) || config.right.managementState === 'Unmanaged') return {}
  const { managementState, storage } = config.right
  const wanted = managementState === 'Managed' ? storage : leavingStorage(config.right)
  if (wanted === undefined) return {}
  const target = storageTarget({ ...config.right, storage: wanted }, facts)
  if (E.isLeft(target)) return { storageProblem: target.left }
  return target.right === undefined ? {} : { storage: target.right }
}

const registry = ({ config }: Wishes, facts: ClusterFacts): ReadonlyArray<Rendered> => {
  if (E.isLeft(config))
    return isPlatformAwaited(config.left, facts) ? [awaitedDeployment(facts)] : []
  return config.right.managementState === 'Managed' ? managed(config.right, facts) : []
}

/** An object that fails to be said does not keep the others from it: they are independent. */
const managed = (config: Config, facts: ClusterFacts): ReadonlyArray<Rendered> => [
  ...claim(config, facts),
  ...onlyForOpenshiftsRegistry(facts, converging(clusterRole), converging(clusterRoleBinding)),
  converging(serviceAccount),
  ...onlyForOpenshiftsRegistry(facts, converging(pullSecret(facts), pullSecretFills(facts))),
  privateConfiguration(config, facts),
  ...access(config, facts),
  converging(service(facts)),
  ...servingCertificate(config, facts),
  deployment(config, facts),
  converging(disruptionBudget(config)),
  convergingPlain(networkPolicy(facts)),
  ...monitoring(facts),
  ...exposure(config, facts),
]

/** Other registries neither ask the cluster for anything nor pull through. */
const onlyForOpenshiftsRegistry = (
  facts: ClusterFacts,
  ...objects: ReadonlyArray<Rendered>
): ReadonlyArray<Rendered> => (registryBuild(facts)._tag === 'OpenShift' ? objects : [])
