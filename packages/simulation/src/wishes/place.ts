import { isJsonObject, textOf, type JsonObject } from '@image-registry-operator/render/model'

const OUTSIDE: { readonly [backend: string]: ReadonlyArray<string> } = {
  s3: ['bucket'],
  gcs: ['bucket'],
  ibmcos: ['bucket'],
  azure: ['accountName', 'container'],
  swift: ['container'],
}

const MADE_CLAIM = 'image-registry-storage'

/** Where images last that are kept as `spec.storage` or `status.storage` says; empty: nowhere. */
export const placeOf = (storage: JsonObject): string => {
  const { pvc } = storage
  if (isJsonObject(pvc)) return `pvc/${textOf(pvc['claim']) || MADE_CLAIM}`
  const backend = Object.keys(OUTSIDE).find((name) => isJsonObject(storage[name]))
  const said = backend === undefined ? undefined : storage[backend]
  return backend === undefined || !isJsonObject(said)
    ? ''
    : [backend, ...(OUTSIDE[backend] ?? []).map((field) => textOf(said[field]))].join('/')
}

/** What in a world is the place itself: what images are in. */
export const keyOfPlace = (place: string): string => {
  const [backend = '', name = ''] = place.split('/')
  if (backend === 'pvc') return `PersistentVolumeClaim openshift-image-registry/${name}`
  return `storage ${place}/${['azure', 'swift'].includes(backend) ? 'container' : 'bucket'} ours`
}
