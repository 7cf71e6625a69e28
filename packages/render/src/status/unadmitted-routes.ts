import {
  type Config,
  isJsonObject,
  type JsonObject,
  keyOf,
  type LiveObjects,
  names,
  objectRef,
  objectsOf,
  textOf,
} from '../model'

/** What routers have against the Routes that the Config asks for, in the order of the Config. */
export const unadmittedRoutes = (
  { defaultRoute, routes }: Config,
  live: LiveObjects,
): ReadonlyArray<string> =>
  [...(defaultRoute ? [names.DEFAULT_ROUTE_NAME] : []), ...routes.map(({ name }) => name)].flatMap(
    (name) =>
      ingresses(live, name).flatMap((ingress) =>
        objectsOf(ingress['conditions'])
          .filter(({ type, status }) => type === 'Admitted' && status !== 'True')
          .map((condition) => refusal(name, ingress, condition)),
      ),
  )

const ingresses = (live: LiveObjects, name: string): ReadonlyArray<JsonObject> => {
  const ref = objectRef(`${names.ROUTE_GROUP}/v1`, 'Route', name, names.REGISTRY_NAMESPACE)
  const status = live.get(keyOf(ref))?.['status']
  return isJsonObject(status) ? objectsOf(status['ingress']) : []
}

const refusal = (name: string, ingress: JsonObject, condition: JsonObject): string =>
  `route ${name} (host ${textOf(ingress['host'])}, router ${textOf(ingress['routerName'])}) not admitted: ${textOf(condition['message'])}`
