import { type Config, type Storage, storagePlace } from '../model'

/** A storage that outlives its pods, for people; undefined where nothing is kept. */
export const keptPlace = (storage: Storage): string | undefined => {
  switch (storage._tag) {
    case 'EmptyDir':
      return undefined
    case 'Pvc':
      return `pvc/${storage.claim}`
    case 'S3':
    case 'Gcs':
    case 'Azure':
    case 'Swift':
    case 'IbmCos':
      return storagePlace(storage)
  }
}

/** The storage that images were in before, when the Config names another one now; undefined when they stay where they are. */
export const leftBehind = ({
  managementState,
  storage,
  recordedStorage,
}: Pick<Config, 'managementState' | 'storage' | 'recordedStorage'>): string | undefined => {
  if (managementState !== 'Managed' || recordedStorage === undefined) return undefined
  const former = keptPlace(recordedStorage)
  return former === keptPlace(storage) ? undefined : former
}
