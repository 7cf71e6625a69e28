import { type ClusterFacts, type Config, type ContentDigests, names } from '../../model'
import { contentOf } from '../content-digests'
import { converging, type Rendered } from '../rendered'
import { nodeHosts } from './node-hosts'

const KEY = names.SERVING_CA_KEY

/** Nothing where nobody has read the Secret; a certificate without an authority beside it has to be trusted itself. */
const authorities = ({ entries, readings = {} }: ContentDigests): string | undefined => {
  const [authority, own] = [readings[KEY], readings['tls.crt']]
  if (authority?._tag === 'Certificates' && authority.pem !== '') return authority.pem
  return own?._tag === 'Certificate' && !Object.hasOwn(entries, KEY) ? own.pem : undefined
}

/** Whom to trust as the registry, for its clients, and where nodes reach it: it is no secret, and stands where they can read it. */
export const servingCa = (config: Config, facts: ClusterFacts): ReadonlyArray<Rendered> => {
  const secret = contentOf(facts, 'Secret', {
    namespace: names.REGISTRY_NAMESPACE,
    name: names.SERVING_CERTIFICATE_SECRET,
  })
  const pem = secret === undefined ? undefined : authorities(secret)
  return pem === undefined
    ? []
    : [
        converging({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { namespace: names.REGISTRY_NAMESPACE, name: names.SERVING_CA_CONFIG_MAP },
          data: { [KEY]: pem, [names.SERVING_HOSTS_KEY]: nodeHosts(config, facts) },
        }),
      ]
}
