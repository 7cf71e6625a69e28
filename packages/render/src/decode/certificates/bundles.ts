import { type Bundle, type KubeObject, names } from '../../model'

import type { ForeignReadings } from '../readings'

type Place = { readonly namespace: string; readonly name?: string }

/** Every ConfigMap of `openshift-config`: users name there whichever they like. */
const PLACES: ReadonlyArray<Place> = [
  { namespace: names.REGISTRY_NAMESPACE, name: names.SERVICE_CA_CONFIG_MAP },
  { namespace: names.REGISTRY_NAMESPACE, name: names.CERTIFICATES_CONFIG_MAP },
  { namespace: names.REGISTRY_NAMESPACE, name: names.TOKEN_AUTH_CONFIG_MAP },
  { namespace: names.CONFIG_NAMESPACE },
  { namespace: names.CONFIG_MANAGED_NAMESPACE, name: names.CLOUD_CA_CONFIG_MAP },
]

/** A ConfigMap whose values, and not only their digests, are read. */
export const isBundle = ({ metadata }: KubeObject): boolean =>
  PLACES.some(
    ({ namespace, name = metadata.name }) =>
      namespace === metadata.namespace && name === metadata.name,
  )

const orderKey = ({ namespace, name }: Bundle): string => `${namespace}/${name}`

/** The ConfigMaps that authorities and settings are read from, with their values, sorted by namespace and name. */
export const bundles = ({
  configMaps,
}: Pick<ForeignReadings, 'configMaps'>): ReadonlyArray<Bundle> =>
  configMaps
    .filter(({ object }) => isBundle(object))
    .map(({ object: { metadata }, read: { data = {}, binaryData = {} } }) => ({
      namespace: metadata.namespace ?? '',
      name: metadata.name,
      data,
      binaryData,
    }))
    .sort((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1))
