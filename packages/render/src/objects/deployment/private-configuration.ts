import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'

import { digestOfText } from '../../digest'
import {
  type ClusterFacts,
  type Config,
  type Fill,
  type KubeObject,
  names,
  objectRef,
} from '../../model'
import { contentDigests } from '../content-digests'
import { copiedEntry } from '../certificates/copied-entry'
import { converging, type Rendered, withheld } from '../rendered'
import type { SecretEntry } from '../storage/contribution'
import { storagePending } from '../storage/storage-pending'
import { contribution } from './pod-needs'

const { HTTP_SECRET_KEY } = names

/** Stands where a value will stand that does not exist yet. */
const NOT_GENERATED_YET = 'generated'

/** As many as the original generates. */
const HTTP_SECRET_BYTES = 64

const identity = { namespace: names.REGISTRY_NAMESPACE, name: names.PRIVATE_CONFIGURATION_SECRET }

const secretWith = (httpSecret: string, storage: ReadonlyArray<SecretEntry>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: identity,
  data: {
    [HTTP_SECRET_KEY]: httpSecret,
    ...Object.fromEntries(storage.map(({ key, digest }) => [key, digest])),
  },
})

/** The Secret of the registry's own settings, the credentials of its storage among them. */
export const privateConfiguration = (config: Config, facts: ClusterFacts): Rendered =>
  pipe(
    storagePending(config, facts),
    O.match(
      () => contribution(config, facts),
      (problem) => E.left(problem),
    ),
    E.matchW(
      (problem) => withheld(itself, problem),
      ({ secretEntries }) => secretOf(config, facts, secretEntries),
    ),
  )

/** A generated HTTP secret is kept: the live one is its source. */
const secretOf = (
  { httpSecret }: Config,
  facts: ClusterFacts,
  storage: ReadonlyArray<SecretEntry>,
): Rendered => {
  const others = storage.map(entryFill)
  if (httpSecret._tag === 'FromSpec') {
    const { digest } = httpSecret
    return converging(secretWith(digest, storage), inOrder([fromSpec(digest), ...others]))
  }
  const kept = keptDigest(facts)
  // The checksum must not change when the value comes into being: that would be one more write for nothing.
  const digested = secretWith(NOT_GENERATED_YET, storage)
  return kept === undefined
    ? converging(digested, inOrder([generated, ...others]))
    : converging(
        secretWith(kept, storage),
        inOrder([copiedEntry(itself, HTTP_SECRET_KEY, kept), ...others]),
        digested,
      )
}

const entryFill = ({ key, source }: SecretEntry): Fill => ({
  path: ['data', key],
  encoding: 'base64',
  source,
})

const keyOf = ({ path }: Fill): string => path[1] ?? ''

const inOrder = (fills: ReadonlyArray<Fill>): ReadonlyArray<Fill> =>
  [...fills].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))

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
