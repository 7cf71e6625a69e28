import { digestOfText } from '../../digest'
import {
  type ClusterFacts,
  type ContentDigests,
  type Fill,
  inKeyOrder,
  type KubeObject,
  names,
  objectRef,
} from '../../model'
import { contentDigests } from '../content-digests'
import { copiedEntry } from '../certificates/copied-entry'

const CREDENTIALS_KEY = '.dockerconfigjson'

/** No credentials at all: the API server refuses a Secret of this type without the key. */
const NO_CREDENTIALS = '{"auths":{}}'

const source = { namespace: names.CONFIG_NAMESPACE, name: names.CLUSTER_PULL_SECRET }

/** What the copy of the cluster's pull secret holds, as digests by key. */
export const pullSecretContent = (facts: ClusterFacts): ContentDigests['entries'] => ({
  [CREDENTIALS_KEY]: digestOfText(NO_CREDENTIALS),
  ...contentDigests(facts, 'Secret', source),
})

/** Where these values come from. */
export const pullSecretFills = (facts: ClusterFacts): ReadonlyArray<Fill> => {
  const copied = contentDigests(facts, 'Secret', source) ?? {}
  const ref = objectRef('v1', 'Secret', source.name, source.namespace)
  return Object.entries(inKeyOrder(pullSecretContent(facts))).map(([key, digest]) =>
    Object.hasOwn(copied, key) ? copiedEntry(ref, key, digest) : noCredentials,
  )
}

const noCredentials: Fill = {
  path: ['data', CREDENTIALS_KEY],
  encoding: 'base64',
  source: { _tag: 'Literal', text: NO_CREDENTIALS },
}

/** The cluster's pull secret where the registry's pods can mount it: they pull through with it. */
export const pullSecret = (facts: ClusterFacts): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: names.PULL_SECRET_COPY, namespace: names.REGISTRY_NAMESPACE },
  type: 'kubernetes.io/dockerconfigjson',
  data: pullSecretContent(facts),
})
