import {
  type GatewayListener,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
  objectsOf,
  textOf,
} from '../model'

const member = (value: Json | undefined, name: string): JsonObject => {
  const inner = isJsonObject(value) ? value[name] : undefined
  return isJsonObject(inner) ? inner : {}
}

const isAbout =
  ({ metadata }: KubeObject, { namespace, name }: GatewayListener, ref: string) =>
  (verdict: JsonObject): boolean => {
    const about = member(verdict, ref)
    return (
      about['name'] === name && (textOf(about['namespace']) || metadata.namespace) === namespace
    )
  }

/**
 * What controllers of that Gateway say of an object: each a list of conditions. It stands under `parents` of an HTTPRoute, and
 * under `ancestors` of a policy.
 */
export const gatewayVerdicts = (
  object: KubeObject,
  gateway: GatewayListener,
): ReadonlyArray<ReadonlyArray<JsonObject>> => {
  const { status } = object
  const [list, ref] =
    object.kind === 'HTTPRoute' ? ['parents', 'parentRef'] : ['ancestors', 'ancestorRef']
  return objectsOf(isJsonObject(status) ? status[list] : undefined)
    .filter(isAbout(object, gateway, ref))
    .map(({ conditions }) => objectsOf(conditions))
}

/** Whether a condition says that the Gateway does not take the object, or not with what it refers to. */
export const isRefusal = ({ type, status }: JsonObject): boolean =>
  status === 'False' && (type === 'Accepted' || type === 'ResolvedRefs')

/** Whether a condition says that the Gateway takes the object as it is now. */
export const isAcceptance =
  ({ metadata: { generation = 0 } }: KubeObject) =>
  ({ type, status, observedGeneration = generation }: JsonObject): boolean =>
    type === 'Accepted' && status === 'True' && observedGeneration === generation
