import {
  type AdditionalRoute,
  type ClusterFacts,
  type Config,
  type JsonObject,
  names,
  objectRef,
  type RenderProblem,
} from '../../model'
import { contentDigests } from '../content-digests'
import { converging, type Rendered, withheld } from '../rendered'
import { exposedObject } from './exposed-object'
import { exposureProblem } from './exposure-problem'
import { ingressAnnotations } from './ingress-annotations'
import { wantedRoutes } from './wanted-routes'

/** An Ingress for each route. */
export const ingresses = (config: Config, facts: ClusterFacts): ReadonlyArray<Rendered> => {
  const annotations = ingressAnnotations(config, facts)
  return wantedRoutes(config).map((route) => {
    const ref = objectRef(
      `${names.NETWORKING_GROUP}/v1`,
      'Ingress',
      route.name,
      names.REGISTRY_NAMESPACE,
    )
    const problem = problemOf(route, facts)
    return problem === undefined
      ? converging(exposedObject(ref, specOf(route, config), annotations))
      : withheld(ref, problem)
  })
}

const problemOf = (route: AdditionalRoute, facts: ClusterFacts): RenderProblem | undefined =>
  exposureProblem(route, 'Ingress', facts) ?? secretProblem(route, facts)

const secretProblem = (
  { secretName }: AdditionalRoute,
  facts: ClusterFacts,
): RenderProblem | undefined => {
  const secret = { namespace: names.REGISTRY_NAMESPACE, name: secretName }
  return secretName === '' || contentDigests(facts, 'Secret', secret) !== undefined
    ? undefined
    : { _tag: 'SecretMissing', ...secret }
}

/** Without a Secret the controller has a certificate of its own. */
const specOf = (
  { hostname, secretName }: AdditionalRoute,
  { exposure: { ingressClass } }: Config,
): JsonObject => ({
  ...(ingressClass === undefined ? {} : { ingressClassName: ingressClass }),
  rules: [
    { host: hostname, http: { paths: [{ path: '/', pathType: 'Prefix', backend: BACKEND }] } },
  ],
  tls: [{ hosts: [hostname], ...(secretName === '' ? {} : { secretName }) }],
})

const BACKEND: JsonObject = {
  service: { name: names.REGISTRY_NAME, port: { number: names.REGISTRY_PORT } },
}
