import { digestOfJson } from '../digest'
import { type ClusterFacts, type Config, type ContentDigests, names } from '../model'
import { contentDigests } from './content-digests'
import { HTTP_SECRET_KEY } from './private-configuration'
import { pullSecretContent } from './pull-secret'

type Entries = ContentDigests['entries']

/**
 * Digest of everything that the pods read at their start only, so that they restart when it changes.
 * What we write ourselves counts as we want it, not as it is: with what is live, every change of it
 * would restart the pods twice. What does not exist (some of it is optional) does not count.
 */
export const dependenciesChecksum = (config: Config, facts: ClusterFacts): string =>
  digestOfJson([
    ...entry(
      'configmap',
      names.CERTIFICATES_CONFIG_MAP,
      live(facts, 'ConfigMap', names.CERTIFICATES_CONFIG_MAP),
    ),
    ...entry(
      'configmap',
      names.TRUSTED_CA_CONFIG_MAP,
      live(facts, 'ConfigMap', names.TRUSTED_CA_CONFIG_MAP),
    ),
    ...entry('secret', names.PRIVATE_CONFIGURATION_SECRET, privateContent(config)),
    ...entry(
      'secret',
      names.SERVING_CERTIFICATE_SECRET,
      live(facts, 'Secret', names.SERVING_CERTIFICATE_SECRET),
    ),
    ...entry('secret', names.PULL_SECRET_COPY, pullSecretContent(facts)),
  ])

const entry = (
  kind: 'configmap' | 'secret',
  name: string,
  content: Entries | undefined,
): ReadonlyArray<string> =>
  content === undefined ? [] : [`${kind}:${name}:${digestOfJson(content)}`]

const live = (
  facts: ClusterFacts,
  kind: ContentDigests['kind'],
  name: string,
): Entries | undefined => contentDigests(facts, kind, { namespace: names.REGISTRY_NAMESPACE, name })

/** A generated HTTP secret never changes of itself, and its digest is unknown until it exists: it does not count. */
const privateContent = ({ httpSecret }: Config): Entries | undefined =>
  httpSecret._tag === 'FromSpec' ? { [HTTP_SECRET_KEY]: httpSecret.digest } : undefined
