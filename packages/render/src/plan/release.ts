import {
  type Config,
  type DesiredState,
  names,
  type Observation,
  refOf,
  type ReleaseObject,
  storagePlace,
} from '../model'
import { isStorageLeft } from '../storage/storage-left'
import { goesWithRegistry } from './deletions'

/**
 * Lets a Config that is being deleted go, once everything of ours has gone: what still ends in its own time, a claim
 * that a pod uses for instance, is waited for. Finalizers of others are none of our business.
 */
export const release = (
  desired: Pick<DesiredState, 'storage' | 'storageProblem'>,
  config: Config,
  { subject, live, facts }: Pick<Observation, 'subject' | 'live' | 'facts'>,
): ReadonlyArray<ReleaseObject> => {
  if (subject?.metadata.deletionTimestamp === undefined) return []
  const at = (subject.metadata.finalizers ?? []).indexOf(names.FINALIZER)
  const isBusy =
    [...live.values()].some((object) => goesWithRegistry(config, object)) ||
    isStorageLeft(config, desired, facts.storage) ||
    (isMakingAnother(config, desired) && facts.storage._tag !== 'Nobody')
  if (at < 0 || isBusy) return []
  const path = `/metadata/finalizers/${at}`
  return [
    {
      _tag: 'ReleaseObject',
      ref: refOf(subject),
      before: subject,
      operations: [
        { op: 'test', path, value: names.FINALIZER },
        { op: 'remove', path },
      ],
    },
  ]
}

/** The storage that it was to have next may be there already. Its turn comes when nothing is left of the former one. */
const isMakingAnother = (
  { storage, storageManagement, storageConsents: { making } }: Config,
  former: Pick<DesiredState, 'storage'>,
): boolean =>
  storageManagement === 'Managed' &&
  making !== '' &&
  making === storagePlace(storage) &&
  making !== former.storage?.place
