import type { CollectionWishes, Pruner } from './config'

/** What an ImagePruner asks for that says nothing. */
export const PRUNER_DEFAULTS: Pruner = {
  suspend: false,
  schedule: '0 0 * * *',
  keepTagRevisions: 3,
  successfulJobsHistoryLimit: 3,
  failedJobsHistoryLimit: 3,
  ignoreInvalidImageReferences: false,
  logLevel: 'Normal',
}

/** What is wanted of it on plain Kubernetes where nobody has said anything. */
export const COLLECTION_DEFAULTS: CollectionWishes = { deleteUntagged: false, windowSeconds: 3600 }
