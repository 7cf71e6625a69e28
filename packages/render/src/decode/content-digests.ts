import { digestOfText } from '../digest'
import { inKeyOrder, names, type ContentDigests, type KubeObject } from '../model'

import { digestOfBase64 } from './digest-of-base64'
import type { ForeignReadings } from './readings'

const NAMESPACES: ReadonlyArray<string> = [names.REGISTRY_NAMESPACE, names.CONFIG_NAMESPACE]

type Entries = ContentDigests['entries']

const isRelevant = ({ object }: { readonly object: KubeObject }): boolean =>
  NAMESPACES.includes(object.metadata.namespace ?? '')

const digested = (
  values: Readonly<Record<string, string>>,
  digest: (value: string) => string,
): Entries => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, digest(value)]))

const contents =
  (kind: ContentDigests['kind']) =>
  ({ metadata }: KubeObject, entries: Entries): ContentDigests => ({
    kind,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    entries,
  })

const orderKey = ({ kind, namespace, name }: ContentDigests): string =>
  `${kind}/${namespace}/${name}`

/** What Secrets and ConfigMaps of our and the configuration namespace hold, as digests, sorted. */
export const contentDigests = ({
  secrets,
  configMaps,
}: Pick<ForeignReadings, 'secrets' | 'configMaps'>): ReadonlyArray<ContentDigests> =>
  [
    ...configMaps
      .filter(isRelevant)
      .map(({ object, read: { data = {}, binaryData = {} } }) =>
        contents('ConfigMap')(
          object,
          inKeyOrder({ ...digested(data, digestOfText), ...digested(binaryData, digestOfBase64) }),
        ),
      ),
    // Secret values have been replaced by their digests before.
    ...secrets
      .filter(isRelevant)
      .map(({ object, read: { data = {} } }) => contents('Secret')(object, inKeyOrder(data))),
  ].sort((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1))
