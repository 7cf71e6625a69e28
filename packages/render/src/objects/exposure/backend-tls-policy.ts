import { type ClusterFacts, names, objectRef, type RenderProblem } from '../../model'
import { SERVICE_HOSTNAME } from './registry-hostname'
import { converging, type Rendered, withheld } from '../rendered'
import { exposedObject } from './exposed-object'

const KIND = 'BackendTLSPolicy'

const REF = objectRef(
  `${names.GATEWAY_GROUP}/v1`,
  KIND,
  names.REGISTRY_NAME,
  names.REGISTRY_NAMESPACE,
)

const POLICY = exposedObject(REF, {
  targetRefs: [{ group: '', kind: 'Service', name: names.REGISTRY_NAME }],
  validation: {
    caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: names.SERVING_CA_CONFIG_MAP }],
    hostname: SERVICE_HOSTNAME,
  },
})

/** That Gateways speak TLS with the registry, and whom they have to trust as it. */
export const backendTlsPolicy = (facts: ClusterFacts): Rendered => {
  const problem = problemOf(facts)
  return problem === undefined ? converging(POLICY) : withheld(REF, problem)
}

const problemOf = ({
  servesBackendTls,
  foreignExposures,
}: ClusterFacts): RenderProblem | undefined => {
  if (!servesBackendTls)
    return { _tag: 'ApiNotServed', group: names.GATEWAY_GROUP, kind: `${KIND} v1` }
  return foreignExposures.includes(`${KIND}/${names.REGISTRY_NAME}`)
    ? { _tag: 'RouteNotOurs', route: names.REGISTRY_NAME, kind: KIND }
    : undefined
}
