import * as E from 'fp-ts/Either'

import { type ClusterFacts, type Config, names, type RenderProblem } from '../../model'
import { contentOf } from '../content-digests'
import { bundle } from './bundle'

type Authorities = E.Either<RenderProblem, string>

/** Whom to trust as the storage, beside everybody's authorities; empty where there is nobody. */
export const storageAuthorities = (
  { storage }: Pick<Config, 'storage'>,
  facts: ClusterFacts,
): Authorities => {
  switch (storage._tag) {
    case 'S3':
      return storage.trustedCa === '' ? E.right(ofCloud(facts)) : named(storage.trustedCa, facts)
    case 'Swift':
      return E.right(orElse(ofCredentials(facts), ofCloudProvider(facts)))
    case 'EmptyDir':
    case 'Pvc':
    case 'Gcs':
    case 'Azure':
    case 'IbmCos':
      return E.right('')
  }
}

const CLOUD_KEY = 'ca-bundle.pem'

const ofCloud = (facts: ClusterFacts): string =>
  bundle(facts, names.CONFIG_MANAGED_NAMESPACE, names.CLOUD_CA_CONFIG_MAP)?.data[CLOUD_KEY] ?? ''

const ofCloudProvider = (facts: ClusterFacts): string =>
  bundle(facts, names.CONFIG_NAMESPACE, names.CLOUD_PROVIDER_CONFIG_MAP)?.data[CLOUD_KEY] ?? ''

/** Who mints credentials for an OpenStack puts its authorities beside them. */
const ofCredentials = (facts: ClusterFacts): string => {
  const reading = contentOf(facts, 'Secret', {
    namespace: names.REGISTRY_NAMESPACE,
    name: names.MINTED_CREDENTIALS_SECRET,
  })?.readings?.['cacert']
  return reading?._tag === 'Certificates' ? reading.pem : ''
}

const orElse = (text: string, other: string): string => (text === '' ? other : text)

const NAMED_KEY = 'ca-bundle.crt'

/** Those of the ConfigMap that the Config names. */
const named = (name: string, facts: ClusterFacts): Authorities => {
  const namespace = names.CONFIG_NAMESPACE
  const found = bundle(facts, namespace, name)
  if (found === undefined) return E.left({ _tag: 'ConfigMapMissing', namespace, name })
  const authorities = found.data[NAMED_KEY]
  return authorities === undefined
    ? E.left({ _tag: 'ConfigMapEntryMissing', namespace, name, key: NAMED_KEY })
    : E.right(authorities)
}
