import type { StorageFacts, StorageKnown, StorageTarget } from '../model'
import { targetDigest } from './target-digest'

/** What is known of exactly this target; undefined while it has not been looked at. */
export const factsOfTarget = (
  known: StorageKnown,
  target: StorageTarget,
): StorageFacts | undefined =>
  known._tag === 'Looked' && known.place === target.place && known.target === targetDigest(target)
    ? known
    : undefined
