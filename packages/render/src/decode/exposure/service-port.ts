import { isJsonArray, isJsonObject, type KubeObject, names, objectsOf } from '../../model'

import { ofKind } from '../readings'

const isRegistry = ({ metadata }: KubeObject): boolean =>
  metadata.namespace === names.REGISTRY_NAMESPACE && metadata.name === names.REGISTRY_NAME

const specOf = (objects: ReadonlyArray<KubeObject>) =>
  ofKind(objects, '', 'Service').find(isRegistry)?.['spec']

/** The first port of the registry's Service; undefined while there is no Service, or none with a port. */
export const servicePort = (objects: ReadonlyArray<KubeObject>): number | undefined => {
  const spec = specOf(objects)
  const port = isJsonObject(spec) ? objectsOf(spec['ports'])[0]?.['port'] : undefined
  return typeof port === 'number' ? port : undefined
}

/** The addresses of the registry's Service, in its order; empty while it has none. */
export const serviceAddresses = (objects: ReadonlyArray<KubeObject>): ReadonlyArray<string> => {
  const spec = specOf(objects)
  const addresses = isJsonObject(spec) ? spec['clusterIPs'] : undefined
  return isJsonArray(addresses)
    ? addresses
        .filter((address) => typeof address === 'string' && IP_ADDRESS.test(address))
        .map(String)
    : []
}

/** A Service without an address says `None`. */
const IP_ADDRESS = /^[0-9a-f]*[.:][0-9a-f.:]+$/
