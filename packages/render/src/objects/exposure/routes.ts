import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import {
  type AdditionalRoute,
  type ClusterFacts,
  type Config,
  type ContentDigests,
  type Fill,
  type JsonObject,
  names,
  objectRef,
  type ObjectRef,
  type RenderProblem,
} from '../../model'
import { contentDigests } from '../content-digests'
import { converging, type Rendered, withheld } from '../rendered'

/** Fields of the Route's TLS by the keys of the certificate's Secret, each of which may be missing. */
const TLS_FIELDS: ReadonlyArray<readonly [field: string, key: string]> = [
  ['certificate', 'tls.crt'],
  ['key', 'tls.key'],
  ['caCertificate', 'tls.cacrt'],
]

const defaultRoute: AdditionalRoute = {
  name: names.DEFAULT_ROUTE_NAME,
  hostname: '',
  secretName: '',
}

/** How the registry is reached from outside: the default Route if wanted, then the additional ones. */
export const routes = (config: Config, facts: ClusterFacts): ReadonlyArray<Rendered> =>
  [...(config.defaultRoute ? [defaultRoute] : []), ...config.routes].map((route) =>
    pipe(
      certificateOf(route, facts),
      E.matchW(
        (problem) => withheld(routeRef(route), problem),
        (certificate) => converging(routeObject(route, certificate), fills(route, certificate)),
      ),
    ),
  )

const routeRef = ({ name }: AdditionalRoute): ObjectRef =>
  objectRef(`${names.ROUTE_GROUP}/v1`, 'Route', name, names.REGISTRY_NAMESPACE)

const certificateSecret = ({ secretName }: AdditionalRoute) => ({
  namespace: names.REGISTRY_NAMESPACE,
  name: secretName,
})

/** Digests by key of the Secret with the certificate; none where the router's own is wanted. */
const certificateOf = (
  route: AdditionalRoute,
  facts: ClusterFacts,
): E.Either<RenderProblem, ContentDigests['entries']> => {
  if (!facts.servedGroups.includes(names.ROUTE_GROUP))
    return E.left({ _tag: 'ApiNotServed', group: names.ROUTE_GROUP })
  if (facts.foreignRoutes.includes(route.name)) {
    return E.left({ _tag: 'RouteNotOurs', route: route.name })
  }
  if (route.secretName === '') return E.right({})
  const secret = certificateSecret(route)
  const entries = contentDigests(facts, 'Secret', secret)
  return entries === undefined ? E.left({ _tag: 'SecretMissing', ...secret }) : E.right(entries)
}

const routeObject = (route: AdditionalRoute, certificate: ContentDigests['entries']) => ({
  apiVersion: `${names.ROUTE_GROUP}/v1`,
  kind: 'Route',
  metadata: {
    name: route.name,
    namespace: names.REGISTRY_NAMESPACE,
    annotations: { [names.OWNERSHIP_ANNOTATION]: 'true' },
  },
  spec: {
    ...(route.hostname === '' ? {} : { host: route.hostname }),
    to: { kind: 'Service', name: names.REGISTRY_NAME },
    tls: { termination: 'reencrypt', ...tlsDigests(certificate) },
  },
})

const tlsDigests = (certificate: ContentDigests['entries']): JsonObject =>
  Object.fromEntries(
    TLS_FIELDS.flatMap(([field, key]) => {
      const digest = certificate[key]
      return digest === undefined ? [] : [[field, digest]]
    }),
  )

const fills = (
  route: AdditionalRoute,
  certificate: ContentDigests['entries'],
): ReadonlyArray<Fill> =>
  TLS_FIELDS.flatMap(([field, key]) => {
    const digest = certificate[key]
    return digest === undefined ? [] : [tlsFill(route, field, { key, digest })]
  })

const tlsFill = (
  route: AdditionalRoute,
  field: string,
  { key, digest }: { readonly key: string; readonly digest: string },
): Fill => {
  const { namespace, name } = certificateSecret(route)
  return {
    path: ['spec', 'tls', field],
    encoding: 'text',
    source: {
      _tag: 'CopyOf',
      ref: objectRef('v1', 'Secret', name, namespace),
      path: ['data', key],
      digest,
    },
  }
}
