import { type ClusterFacts, type Config, names } from '../../model'
import type { Rendered } from '../rendered'
import { routes } from './routes'
import { httpRoutes } from './http-routes'
import { ingresses } from './ingresses'

/**
 * How the registry is reached from outside: by Routes where they are served, otherwise through the Gateway that people name,
 * and by Ingresses where they name none.
 */
export const exposure = (config: Config, facts: ClusterFacts): ReadonlyArray<Rendered> => {
  if (facts.platform === 'OpenShift' || facts.servedGroups.includes(names.ROUTE_GROUP))
    return routes(config, facts)
  const { gateway } = config.exposure
  return gateway === undefined ? ingresses(config, facts) : httpRoutes(config, facts, gateway)
}
