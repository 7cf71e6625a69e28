import { gatewayVerdicts, isRefusal } from '../fields/gateway-verdicts'
import {
  type ClusterFacts,
  type Config,
  type ExposureKind,
  type GatewayListener,
  isJsonObject,
  type Json,
  type JsonObject,
  keyOf,
  type KubeObject,
  type LiveObjects,
  names,
  objectRef,
  objectsOf,
  textOf,
} from '../model'

/** That clients outside do not reach the registry by an object of ours, and since when (RFC 3339; empty: nobody knows). */
export type Unadmitted = { readonly text: string; readonly since: string }

/** What is wrong with what stands in for Routes on plain Kubernetes, in the order of the Config. */
export const unadmittedExposures = (
  { defaultRoute, routes, exposure: { gateway } }: Config,
  facts: Pick<ClusterFacts, 'platform' | 'servedGroups' | 'foreignExposures'>,
  live: LiveObjects,
): ReadonlyArray<Unadmitted> => {
  if (facts.platform === 'OpenShift' || facts.servedGroups.includes(names.ROUTE_GROUP)) return []
  const wanted = [
    ...(defaultRoute ? [names.DEFAULT_ROUTE_NAME] : []),
    ...routes.map(({ name }) => name),
  ]
  const ours = (kind: ExposureKind, name: string): ReadonlyArray<KubeObject> =>
    facts.foreignExposures.includes(`${kind}/${name}`) ? [] : found(live, kind, name)
  if (gateway === undefined)
    return wanted.flatMap((name) => ours('Ingress', name)).flatMap(withoutAddress)
  return [
    ...wanted.flatMap((name) => ours('HTTPRoute', name)),
    ...(wanted.length === 0 ? [] : ours('BackendTLSPolicy', names.REGISTRY_NAME)),
  ].flatMap((object) => notAccepted(object, gateway))
}

const found = (live: LiveObjects, kind: ExposureKind, name: string): ReadonlyArray<KubeObject> => {
  const group = kind === 'Ingress' ? names.NETWORKING_GROUP : names.GATEWAY_GROUP
  const object = live.get(keyOf(objectRef(`${group}/v1`, kind, name, names.REGISTRY_NAMESPACE)))
  return object === undefined ? [] : [object]
}

const member = (value: Json | undefined, name: string): JsonObject => {
  const inner = isJsonObject(value) ? value[name] : undefined
  return isJsonObject(inner) ? inner : {}
}

const madeAt = ({ metadata }: KubeObject): string => textOf(metadata['creationTimestamp'])

const hostOf = ({ spec }: KubeObject): string => {
  const [rule] = objectsOf(isJsonObject(spec) ? spec['rules'] : undefined)
  return textOf(rule?.['host'])
}

const withoutAddress = (ingress: KubeObject): ReadonlyArray<Unadmitted> => {
  const spec = isJsonObject(ingress['spec']) ? ingress['spec'] : {}
  const ingressClass = textOf(spec['ingressClassName'])
  const text = `Ingress ${ingress.metadata.name} (host ${hostOf(ingress)}, class ${ingressClass || 'none'}) has no address: no ingress controller has taken it up`
  return objectsOf(member(ingress['status'], 'loadBalancer')['ingress']).length > 0
    ? []
    : [{ text, since: madeAt(ingress) }]
}

const notAccepted = (object: KubeObject, gateway: GatewayListener): ReadonlyArray<Unadmitted> => {
  const verdicts = gatewayVerdicts(object, gateway)
  const who = `${object.kind} ${object.metadata.name} (Gateway ${gateway.namespace}/${gateway.name})`
  // Nobody has to say a word about a policy that is not needed where the Gateway speaks TLS for other reasons.
  return verdicts.length === 0 && object.kind === 'HTTPRoute'
    ? [{ text: `${who} not accepted: no controller has answered for it`, since: madeAt(object) }]
    : verdicts.flat().filter(isRefusal).map(refusal(who))
}

const refusal =
  (who: string) =>
  ({ reason, message, lastTransitionTime }: JsonObject): Unadmitted => ({
    text: `${who} not accepted: ${textOf(reason)}: ${textOf(message)}`,
    since: textOf(lastTransitionTime),
  })
