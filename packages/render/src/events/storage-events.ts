import type { ConditionType, StorageFacts, StorageKnown } from '../model'
import { type ClusterEvent, normal, warning } from './cluster-event'
import { messageIn, reasonIn, statusIn, turned, type Written } from './written-conditions'

/** What became of the storage outside of the cluster: each once, when its condition says so for the first time. */
export const storageEvents = (
  written: Written,
  known: StorageKnown,
): ReadonlyArray<ClusterEvent> => [
  ...existence(written),
  ...removal(written, known),
  ...credentials(written),
  ...SETTINGS.flatMap((type) => setting(type, written)),
  ...leftBehind(written),
]

const EXISTS = 'StorageExists'

const existence = (written: Written): ReadonlyArray<ClusterEvent> => {
  const { before, after } = written
  const [was, is] = [reasonIn(before, EXISTS), reasonIn(after, EXISTS)]
  if (was === is) return []
  const text = messageIn(after, EXISTS)
  if (is === 'StorageVanished' || is === 'StorageNotOurs') return [warning(is, text)]
  if (!turned(EXISTS, 'False', 'True', written)) return []
  if (was === 'StorageVanished') return [normal('StorageReturned', text)]
  return wasToBeMade(was) ? [normal('StorageCreated', text)] : []
}

/** What was not there because it was being made, or because that had failed; not claims, nor what users have to make. */
const wasToBeMade = (reason: string): boolean =>
  reason.startsWith('Storage') && reason !== 'StorageDoesNotExist'

/** A registry that is removed has no storage, but that of its user is where it was: what has been seen tells. */
const removal = (written: Written, known: StorageKnown): ReadonlyArray<ClusterEvent> =>
  known._tag === 'Looked' &&
  reasonIn(written.after, EXISTS) === 'Removed' &&
  turned(EXISTS, 'True', 'False', written) &&
  hasGone(known)
    ? [normal('StorageRemoved', `${known.place} has been removed with everything in it`)]
    : []

const hasGone = ({ sight }: StorageFacts): boolean =>
  [sight?.parts.bucket, sight?.parts.container].some((part) => part?._tag === 'Absent')

const ACCEPTED = 'StorageCredentialsAccepted'

/** Good news only after bad: that credentials are let in is nothing to tell. */
const credentials = (written: Written): ReadonlyArray<ClusterEvent> => {
  if (began('False', ACCEPTED, written))
    return [warning('StorageCredentialsRefused', messageIn(written.after, ACCEPTED))]
  return turned(ACCEPTED, 'False', 'True', written)
    ? [normal('StorageCredentialsAccepted', messageIn(written.after, ACCEPTED))]
    : []
}

const SETTINGS: ReadonlyArray<ConditionType> = [
  'StoragePublicAccessBlocked',
  'StorageTagged',
  'StorageLabeled',
  'StorageEncrypted',
  'StorageIncompleteUploadCleanupEnabled',
]

/** What is being put right has not failed, and what the service does not have cannot. */
const NO_FAILURES: ReadonlyArray<string> = ['NotAsWanted', 'NotSupported']

const hasFailed = (type: ConditionType, object: Written['before']): boolean =>
  statusIn(object, type) === 'False' && !NO_FAILURES.includes(reasonIn(object, type))

const setting = (type: ConditionType, { before, after }: Written): ReadonlyArray<ClusterEvent> => {
  const [did, does] = [hasFailed(type, before), hasFailed(type, after)]
  if (does && !did) return [warning('StorageHardeningFailed', `${type}: ${messageIn(after, type)}`)]
  return did && statusIn(after, type) === 'True'
    ? [normal('StorageHardened', `${type}: ${messageIn(after, type)}`)]
    : []
}

const leftBehind = (written: Written): ReadonlyArray<ClusterEvent> =>
  began('True', 'StorageLeftBehind', written)
    ? [warning('StorageLeftBehind', messageIn(written.after, 'StorageLeftBehind'))]
    : []

const began = (status: string, type: ConditionType, { before, after }: Written): boolean =>
  statusIn(after, type) === status && statusIn(before, type) !== status
