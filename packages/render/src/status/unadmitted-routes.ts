import {
  type Config,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  keyOf,
  type LiveObjects,
  names,
  objectRef,
} from '../model'

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

const items = (value: Json | undefined): ReadonlyArray<JsonObject> =>
  isJsonArray(value) ? value.filter(isJsonObject) : []

/** What routers have against the Routes that the Config asks for, in the order of the Config. */
export const unadmittedRoutes = (
  { defaultRoute, routes }: Config,
  live: LiveObjects,
): ReadonlyArray<string> =>
  [...(defaultRoute ? [names.DEFAULT_ROUTE_NAME] : []), ...routes.map(({ name }) => name)].flatMap(
    (name) =>
      ingresses(live, name).flatMap((ingress) =>
        items(ingress['conditions'])
          .filter(({ type, status }) => type === 'Admitted' && status !== 'True')
          .map((condition) => refusal(name, ingress, condition)),
      ),
  )

const ingresses = (live: LiveObjects, name: string): ReadonlyArray<JsonObject> => {
  const ref = objectRef('route.openshift.io/v1', 'Route', name, names.REGISTRY_NAMESPACE)
  const status = live.get(keyOf(ref))?.['status']
  return isJsonObject(status) ? items(status['ingress']) : []
}

const refusal = (name: string, ingress: JsonObject, condition: JsonObject): string =>
  `route ${name} (host ${text(ingress['host'])}, router ${text(ingress['routerName'])}) not admitted: ${text(condition['message'])}`
