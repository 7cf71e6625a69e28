import { digestOfText } from '../digest'
import {
  type ClusterFacts,
  type Config,
  type Fill,
  type KubeObject,
  names,
  objectRef,
} from '../model'
import { contentDigests } from './content-digests'
import { copiedEntry } from './copied-entry'
import { converging, type Rendered } from './rendered'

/** The key of the HTTP secret, and the name of the variable that hands it to the registry. */
export const HTTP_SECRET_KEY = 'REGISTRY_HTTP_SECRET'

/** Stands where a value will stand that does not exist yet. */
const NOT_GENERATED_YET = 'generated'

/** As many as the original generates. */
const HTTP_SECRET_BYTES = 64

const identity = { namespace: names.REGISTRY_NAMESPACE, name: names.PRIVATE_CONFIGURATION_SECRET }

const secretWith = (httpSecret: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: identity,
  data: { [HTTP_SECRET_KEY]: httpSecret },
})

/** The Secret of the registry's own settings. A generated HTTP secret is kept: the live one is its source. */
export const privateConfiguration = ({ httpSecret }: Config, facts: ClusterFacts): Rendered => {
  if (httpSecret._tag === 'FromSpec') {
    return converging(secretWith(httpSecret.digest), [fromSpec(httpSecret.digest)])
  }
  const kept = keptDigest(facts)
  // The checksum must not change when the value comes into being: that would be one more write for nothing.
  const digested = secretWith(NOT_GENERATED_YET)
  return kept === undefined
    ? converging(digested, [generated])
    : converging(secretWith(kept), [copiedEntry(itself, HTTP_SECRET_KEY, kept)], digested)
}

/** Empty counts as none: that is how people ask for a new one. */
const keptDigest = (facts: ClusterFacts): string | undefined => {
  const live = contentDigests(facts, 'Secret', identity)?.[HTTP_SECRET_KEY]
  return live === digestOfText('') ? undefined : live
}

const itself = objectRef('v1', 'Secret', identity.name, identity.namespace)

const fromSpec = (digest: string): Fill => ({
  path: ['data', HTTP_SECRET_KEY],
  encoding: 'base64',
  source: {
    _tag: 'CopyOf',
    ref: objectRef(names.CONFIG_API_VERSION, 'Config', names.SINGLETON_NAME),
    path: ['spec', 'httpSecret'],
    digest,
  },
})

const generated: Fill = {
  path: ['data', HTTP_SECRET_KEY],
  encoding: 'base64',
  source: { _tag: 'Generated', bytes: HTTP_SECRET_BYTES },
}
