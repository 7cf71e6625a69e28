import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import { digestOfJson, digestOfText } from '../../digest'
import {
  authenticationOf,
  type ClusterFacts,
  type Config,
  type ContentDigests,
  inKeyOrder,
  names,
  registryBuild,
} from '../../model'
import { bundle, type Content } from '../certificates/bundle'
import { authoritiesForRegistry } from '../certificates/trusted-authorities'
import { contentDigests } from '../content-digests'
import { pullSecretContent } from './pull-secret'
import type { Contribution } from '../storage/contribution'

type Entries = ContentDigests['entries']

/**
 * Digest of everything that the pods read at their start only, so that they restart when it changes.
 * What we write ourselves counts as we want it, not as it is: with what is live, every change of it
 * would restart the pods twice. What does not exist (some of it is optional) does not count.
 *
 * As long as there is no serving certificate, which is not optional, nothing counts: no pod can start, so none has
 * read anything. That is how a new cluster begins, and there one after the other appears.
 */
export const dependenciesChecksum = (
  config: Config,
  facts: ClusterFacts,
  storage: Contribution,
): string => {
  const servingCertificate = live(facts, 'Secret', names.SERVING_CERTIFICATE_SECRET)
  return digestOfJson(
    servingCertificate === undefined
      ? []
      : [
          ...entry('configmap', names.CERTIFICATES_CONFIG_MAP, authorities(config, facts)),
          ...entry(
            'configmap',
            names.TRUSTED_CA_CONFIG_MAP,
            live(facts, 'ConfigMap', names.TRUSTED_CA_CONFIG_MAP),
          ),
          ...entry('configmap', names.TOKEN_AUTH_CONFIG_MAP, tokenKeys(config, facts)),
          ...secrets({
            ...ofStorage(facts, storage),
            [names.PRIVATE_CONFIGURATION_SECRET]: privateContent(config, storage),
            [names.SERVING_CERTIFICATE_SECRET]: servingCertificate,
            [names.PULL_SECRET_COPY]:
              registryBuild(facts)._tag === 'OpenShift' ? pullSecretContent(facts) : undefined,
          }),
        ],
  )
}

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

/** Where clients come with tokens, whose the registry takes. Users are no part of this: it looks for them with every request. */
const tokenKeys = (config: Config, facts: ClusterFacts): Entries | undefined =>
  authenticationOf(config, facts)?._tag === 'Token'
    ? live(facts, 'ConfigMap', names.TOKEN_AUTH_CONFIG_MAP)
    : undefined

/** As they are where they cannot be said now; and on plain Kubernetes, with what people have put beside ours. */
const authorities = (config: Config, facts: ClusterFacts): Entries | undefined => {
  const before = bundle(facts, names.REGISTRY_NAMESPACE, names.CERTIFICATES_CONFIG_MAP)
  const found = before === undefined ? undefined : digests(before)
  return pipe(
    authoritiesForRegistry({ config: E.right(config) }, facts),
    E.matchW(
      () => found,
      (wanted) => ({ ...(facts.platform === 'Kubernetes' ? found : {}), ...digests(wanted) }),
    ),
  )
}

const digests = ({ data, binaryData }: Content): Entries =>
  Object.fromEntries(
    Object.entries({ ...data, ...binaryData }).map(([key, text]) => [key, digestOfText(text)]),
  )

/** A generated HTTP secret never changes of itself, and its digest is unknown until it exists: it does not count. */
const privateContent = (
  { httpSecret }: Config,
  { secretEntries }: Contribution,
): Entries | undefined => {
  const entries = {
    ...(httpSecret._tag === 'FromSpec' ? { [names.HTTP_SECRET_KEY]: httpSecret.digest } : {}),
    ...Object.fromEntries(secretEntries.map(({ key, digest }) => [key, digest])),
  }
  return Object.keys(entries).length === 0 ? undefined : entries
}

type Secrets = { readonly [name: string]: Entries | undefined }

const ofStorage = (facts: ClusterFacts, { mountedSecrets }: Contribution): Secrets =>
  Object.fromEntries(mountedSecrets.map((name) => [name, live(facts, 'Secret', name)]))

const secrets = (contents: Secrets): ReadonlyArray<string> =>
  Object.entries(inKeyOrder(contents)).flatMap(([name, content]) => entry('secret', name, content))
