import * as RA from 'fp-ts/ReadonlyArray'

import type { ClusterFacts, Config, DesiredState } from './model'
import { claim } from './objects/claim'
import { clusterRole } from './objects/cluster-role'
import { clusterRoleBinding } from './objects/cluster-role-binding'
import { deployment } from './objects/deployment'
import { disruptionBudget } from './objects/disruption-budget'
import { networkPolicy } from './objects/network-policy'
import { privateConfiguration } from './objects/private-configuration'
import { pullSecret, pullSecretFills } from './objects/pull-secret'
import { converging, type Rendered } from './objects/rendered'
import { routes } from './objects/routes'
import { service } from './objects/service'
import { serviceAccount } from './objects/service-account'

/**
 * What should be: every object in the order in which it is applied, and those that cannot be said yet.
 * Total, and independent of the order of its inputs' lists and maps.
 *
 * It is empty when the registry is Removed, where everything of ours has to go, and when it is Unmanaged,
 * where nothing may be touched: `plan` looks at the management state and must not delete then.
 */
export const render = (config: Config, facts: ClusterFacts): DesiredState => {
  const { left: withheld, right: objects } = RA.separate(
    config.managementState === 'Managed' ? managed(config, facts) : [],
  )
  return { objects, withheld }
}

/** An object that fails to be said does not keep the others from it: they are independent. */
const managed = (config: Config, facts: ClusterFacts): ReadonlyArray<Rendered> => [
  ...claim(config, facts),
  converging(clusterRole),
  converging(clusterRoleBinding),
  converging(serviceAccount),
  converging(pullSecret(facts), pullSecretFills(facts)),
  privateConfiguration(config, facts),
  converging(service),
  deployment(config, facts),
  converging(disruptionBudget(config)),
  converging(networkPolicy),
  ...routes(config, facts),
]
