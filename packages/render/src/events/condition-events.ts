import { type KubeObject, names, objectRef, type StorageKnown } from '../model'
import { type ClusterEvent, normal, warning } from './cluster-event'
import { storageEvents } from './storage-events'
import {
  conditionIn,
  messageIn,
  reasonIn,
  sinceIn,
  statusIn,
  turned,
  type Written,
} from './written-conditions'

/** What became of the registry without somebody asking for it just now; each once, when it begins or ends. */
export const conditionEvents = (
  written: Written,
  known: StorageKnown,
): ReadonlyArray<ClusterEvent> =>
  [
    ...availability(written),
    ...inOneWord(degradation(written), storageEvents(written, known), written),
    ...removal(written),
    ...closed(written),
  ].map((event) => ({ ...event, related: CONFIG }))

/** The word for what has ended, where what had begun has one of its own. */
const ENDS: { readonly [reason: string]: string } = {
  StorageVanished: 'StorageReturned',
  StorageCredentialsRefused: 'StorageCredentialsAccepted',
}

/** Where both tell the same, the one with a word of its own stays, and says what to do. */
const inOneWord = (
  general: ReadonlyArray<ClusterEvent>,
  special: ReadonlyArray<ClusterEvent>,
  { before, after }: Written,
): ReadonlyArray<ClusterEvent> => {
  const begun = special.find(({ reason }) => reason === reasonIn(after, 'Degraded'))
  const ended = special.some(({ reason }) => reason === ENDS[reasonIn(before, 'Degraded')])
  const [told] = general
  if (told === undefined || (begun === undefined && !ended)) return [...general, ...special]
  return special.map((event) => (event === begun ? { ...event, message: told.message } : event))
}

const CONFIG = objectRef(names.CONFIG_API_VERSION, 'Config', names.SINGLETON_NAME)

const isMoving = (object: KubeObject | undefined): boolean =>
  statusIn(object, 'Progressing') === 'True'

/** Nothing is lost when the first pods are asked for again. */
const wasScaledToZero = (object: KubeObject | undefined): boolean =>
  conditionIn(object, 'Available')?.['reason'] === 'ScaledToZero'

/** Pods that go and come because of a rollout are its business: whoever asked for it sees it in the conditions. */
const availability = (written: Written): ReadonlyArray<ClusterEvent> => {
  const { before, after } = written
  if (turned('Available', 'True', 'False', written)) {
    return isMoving(before) || isMoving(after) || wasScaledToZero(before)
      ? []
      : [warning('Unavailable', messageIn(after, 'Available'))]
  }
  if (!turned('Available', 'False', 'True', written)) return []
  // RFC 3339 in UTC: the order of the texts is that of the times.
  const lostInRollout =
    isMoving(before) && sinceIn(before, 'Progressing') <= sinceIn(before, 'Available')
  return lostInRollout ? [] : [normal('Available', messageIn(after, 'Available'))]
}

const degradation = (written: Written): ReadonlyArray<ClusterEvent> => {
  const { before, after } = written
  if (statusIn(after, 'Degraded') === 'True' && statusIn(before, 'Degraded') !== 'True') {
    return [warning('Degraded', messageIn(after, 'Degraded'))]
  }
  return turned('Degraded', 'True', 'False', written)
    ? [normal('Recovered', 'The registry is no longer degraded')]
    : []
}

const removal = (written: Written): ReadonlyArray<ClusterEvent> =>
  turned('Removed', 'False', 'True', written)
    ? [normal('Removed', messageIn(written.after, 'Removed'))]
    : []

const closed = (written: Written): ReadonlyArray<ClusterEvent> =>
  statusIn(written.after, 'LeftReadOnly') === 'True' &&
  statusIn(written.before, 'LeftReadOnly') !== 'True'
    ? [warning('LeftReadOnly', messageIn(written.after, 'LeftReadOnly'))]
    : []
