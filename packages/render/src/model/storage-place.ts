import type { Storage } from './storage'

/**
 * Names a storage outside of the cluster, for people and annotations: the same text, the same images. Undefined for what is
 * inside, and where it is not said yet which one it is.
 */
export const storagePlace = (storage: Storage): string | undefined => {
  switch (storage._tag) {
    case 'EmptyDir':
    case 'Pvc':
      return undefined
    case 'S3':
      return named('s3', storage.bucket)
    case 'Gcs':
      return named('gcs', storage.bucket)
    case 'IbmCos':
      return named('ibmcos', storage.bucket)
    case 'Swift':
      return named('swift', storage.container)
    case 'Azure':
      return storage.accountName === '' || storage.container === ''
        ? undefined
        : `azure/${storage.accountName}/${storage.container}`
  }
}

const named = (backend: string, name: string): string | undefined =>
  name === '' ? undefined : `${backend}/${name}`
