import type { Config, StorageFacts, StorageTarget } from '../model'

/** Whether somebody wants to be asked before so much is deleted, and has not answered yet. */
export const isGuarded = (
  { storageConsents: { guardBytes, confirmed } }: Pick<Config, 'storageConsents'>,
  { place }: Pick<StorageTarget, 'place'>,
  { sight }: Pick<StorageFacts, 'sight'>,
): boolean => {
  if (guardBytes === undefined || confirmed === place) return false
  const contents = sight?.contents
  return contents === undefined || !contents.isWhole || contents.bytes > guardBytes
}
