import { isJsonObject, type KubeObject, names, objectsOf } from '../model'

import { ofKind } from './readings'

const isRegistry = ({ metadata }: KubeObject): boolean =>
  metadata.namespace === names.REGISTRY_NAMESPACE && metadata.name === names.REGISTRY_NAME

/** The first port of the registry's Service; undefined while there is no Service, or none with a port. */
export const servicePort = (objects: ReadonlyArray<KubeObject>): number | undefined => {
  const spec = ofKind(objects, '', 'Service').find(isRegistry)?.['spec']
  const port = isJsonObject(spec) ? objectsOf(spec['ports'])[0]?.['port'] : undefined
  return typeof port === 'number' ? port : undefined
}
