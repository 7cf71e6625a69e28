import type { ClusterFacts, Config } from '../../model'
import { wantedRoutes } from './wanted-routes'

/** Under which host names clients outside of the cluster reach the registry, or are to reach it; sorted, in lower case. */
export const externalHostnames = (
  config: Pick<Config, 'defaultRoute' | 'routes' | 'exposure'>,
  { routeHosts }: Pick<ClusterFacts, 'routeHosts'>,
): ReadonlyArray<string> => {
  const hosts = [
    ...wantedRoutes(config).map(({ hostname }) => hostname),
    ...routeHosts.map(({ host }) => host),
  ]
  return [...new Set(hosts.map((host) => host.toLowerCase()).filter((host) => host !== ''))].sort()
}
