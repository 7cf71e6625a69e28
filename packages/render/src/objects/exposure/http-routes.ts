import {
  type AdditionalRoute,
  type ClusterFacts,
  type Config,
  type GatewayListener,
  type JsonObject,
  names,
  objectRef,
  type ObjectRef,
  type RenderProblem,
} from '../../model'
import { converging, type Rendered, withheld } from '../rendered'
import { backendTlsPolicy } from './backend-tls-policy'
import { exposedObject } from './exposed-object'
import { exposureProblem } from './exposure-problem'
import { wantedRoutes } from './wanted-routes'

/** An HTTPRoute of a Gateway for each route, and how that Gateway speaks with the registry. */
export const httpRoutes = (
  config: Config,
  facts: ClusterFacts,
  gateway: GatewayListener,
): ReadonlyArray<Rendered> => {
  const wanted = wantedRoutes(config)
  const isServed = facts.servedGroups.includes(names.GATEWAY_GROUP)
  return [
    ...wanted.map((route) => {
      const problem = isServed ? exposureProblem(route, 'HTTPRoute', facts) : NOT_SERVED
      return problem === undefined
        ? converging(exposedObject(refOf(route), specOf(route, gateway, facts)))
        : withheld(refOf(route), problem)
    }),
    ...(isServed && wanted.length > 0 ? [backendTlsPolicy(facts)] : []),
  ]
}

const NOT_SERVED: RenderProblem = { _tag: 'ApiNotServed', group: names.GATEWAY_GROUP }

const refOf = ({ name }: AdditionalRoute): ObjectRef =>
  objectRef(`${names.GATEWAY_GROUP}/v1`, 'HTTPRoute', name, names.REGISTRY_NAMESPACE)

/** Defaults are written out: lists are compared as a whole. */
const specOf = (
  { hostname }: AdditionalRoute,
  { namespace, name, listener }: GatewayListener,
  { servesBackendTls }: Pick<ClusterFacts, 'servesBackendTls'>,
): JsonObject => ({
  parentRefs: [
    {
      group: names.GATEWAY_GROUP,
      kind: 'Gateway',
      namespace,
      name,
      ...(listener === undefined ? {} : { sectionName: listener }),
    },
  ],
  hostnames: [hostname],
  rules: [
    {
      matches: [{ path: { type: 'PathPrefix', value: '/' } }],
      backendRefs: [
        {
          group: '',
          kind: 'Service',
          name: names.REGISTRY_NAME,
          port: names.REGISTRY_PORT,
          weight: 1,
        },
      ],
      // None: Envoy gives a response 15 seconds, and a layer may take longer. "0s" is no limit, or the longest that a gateway has:
      // https://gateway-api.sigs.k8s.io/reference/spec/#httproutetimeouts. Versions before 1.2 do not have the field.
      ...(servesBackendTls ? { timeouts: { request: '0s' } } : {}),
    },
  ],
})
