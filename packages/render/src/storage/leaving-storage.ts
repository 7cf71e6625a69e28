import { type Config, type Storage, storagePlace } from '../model'

/**
 * The storage that may have to go with its registry: the one that images were in, or else the one that was being made, of
 * which no status knows yet.
 */
export const leavingStorage = ({
  storage,
  recordedStorage,
  storageConsents: { making },
}: Pick<Config, 'storage' | 'recordedStorage' | 'storageConsents'>): Storage | undefined => {
  if (recordedStorage !== undefined && storagePlace(recordedStorage) !== undefined)
    return recordedStorage
  return making !== '' && making === storagePlace(storage) ? storage : undefined
}
