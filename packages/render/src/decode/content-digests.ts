import { digestOfBytes, digestOfText } from '../digest'
import { names, type ContentDigests, type KubeObject } from '../model'

import { base64Bytes } from './base64'
import type { ForeignReadings } from './readings'

const NAMESPACES: ReadonlyArray<string> = [names.REGISTRY_NAMESPACE, names.CONFIG_NAMESPACE]

type Entries = ContentDigests['entries']

const isRelevant = ({ object }: { readonly object: KubeObject }): boolean =>
  NAMESPACES.includes(object.metadata.namespace ?? '')

const digested = (
  values: Readonly<Record<string, string>>,
  digest: (value: string) => string,
): ReadonlyArray<readonly [string, string]> =>
  Object.entries(values).map(([key, value]) => [key, digest(value)])

const digestOfBinary = (value: string): string => {
  const bytes = base64Bytes(value)
  return bytes === undefined ? digestOfText(value) : digestOfBytes(bytes)
}

const sortedByKey = (pairs: ReadonlyArray<readonly [string, string]>): Entries =>
  Object.fromEntries([...pairs].sort(([a], [b]) => (a < b ? -1 : 1)))

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
          sortedByKey([...digested(data, digestOfText), ...digested(binaryData, digestOfBinary)]),
        ),
      ),
    // Secret values have been replaced by their digests before.
    ...secrets
      .filter(isRelevant)
      .map(({ object, read: { data = {} } }) =>
        contents('Secret')(object, sortedByKey(Object.entries(data))),
      ),
  ].sort((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1))
