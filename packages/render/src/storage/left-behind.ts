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

type Choice = Pick<Config, 'managementState' | 'storage' | 'storageManagement' | 'recordedStorage'>

/** A registry that is removed takes the storage outside with it that images were in, if that is ours. */
const goesAlong = ({ managementState, storageManagement }: Choice, former: Storage): boolean =>
  managementState === 'Removed' &&
  storageManagement === 'Managed' &&
  storagePlace(former) !== undefined

/**
 * The storage that images were in before, when the Config names another one now, or none; undefined when they stay where they
 * are, or go.
 */
export const leftBehind = (choice: Choice): string | undefined => {
  const { managementState, storage, recordedStorage } = choice
  if (managementState === 'Unmanaged' || recordedStorage === undefined) return undefined
  const former = keptPlace(recordedStorage)
  return former === keptPlace(storage) || goesAlong(choice, recordedStorage) ? undefined : former
}
