import { type AdditionalRoute, type Config, names } from '../../model'

/** The routes that are wanted where there are no Routes: the default one, if it is, then the additional ones. */
export const wantedRoutes = ({
  defaultRoute,
  routes,
  exposure,
}: Pick<Config, 'defaultRoute' | 'routes' | 'exposure'>): ReadonlyArray<AdditionalRoute> => [
  ...(defaultRoute
    ? [{ name: names.DEFAULT_ROUTE_NAME, hostname: exposure.defaultHostname, secretName: '' }]
    : []),
  ...routes,
]
