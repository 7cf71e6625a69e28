import { digestOfText } from '../../digest'
import { inKeyOrder, names, type ContentDigests, type KubeObject } from '../../model'

import { digestOfBase64 } from './digest-of-base64'
import type { ForeignReadings } from '../readings'

type Entries = ContentDigests['entries']

const isIn =
  (...namespaces: ReadonlyArray<string>) =>
  ({ object }: { readonly object: KubeObject }): boolean =>
    namespaces.includes(object.metadata.namespace ?? '')

const digested = (
  values: Readonly<Record<string, string>>,
  digest: (value: string) => string,
): Entries => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, digest(value)]))

/** What was digested of an object as long as it is in memory. A large bundle takes milliseconds, and nearly every pass sees the same objects as the last. */
const known = new WeakMap<KubeObject, Entries>()

/** The same object is digested once: nobody changes an object, others come in its place. */
const entriesOf = (object: KubeObject, digest: () => Entries): Entries => {
  const entries = known.get(object) ?? digest()
  known.set(object, entries)
  return entries
}

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

/** What ConfigMaps of our namespace, and Secrets of ours and of the configuration's, hold: as digests, sorted. */
export const contentDigests = ({
  secrets,
  configMaps,
}: Pick<ForeignReadings, 'secrets' | 'configMaps'>): ReadonlyArray<ContentDigests> =>
  [
    ...configMaps
      .filter(isIn(names.REGISTRY_NAMESPACE))
      .map(({ object, read: { data = {}, binaryData = {} } }) =>
        contents('ConfigMap')(
          object,
          entriesOf(object, () =>
            inKeyOrder({
              ...digested(data, digestOfText),
              ...digested(binaryData, digestOfBase64),
            }),
          ),
        ),
      ),
    // Secret values have been replaced by their digests before.
    ...secrets
      .filter(isIn(names.REGISTRY_NAMESPACE, names.CONFIG_NAMESPACE))
      .map(({ object, read: { data = {}, seen } }) => ({
        ...contents('Secret')(object, inKeyOrder(data)),
        ...(seen === undefined ? {} : { readings: inKeyOrder(seen) }),
      })),
  ].sort((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1))
