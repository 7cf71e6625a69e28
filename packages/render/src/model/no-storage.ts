import type { Problem } from './errors'

/** A Config that names no storage. The message is the original operator's, and scripts look for it. */
export const NO_STORAGE: Problem = {
  path: 'spec.storage',
  message: 'storage backend not configured',
  remedy:
    'set spec.storage.pvc, a bucket or container of a cloud, or spec.storage.emptyDir if images may be lost',
}
