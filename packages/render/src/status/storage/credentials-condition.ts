import { describeStorageError } from '../../errors-text/describe-storage-error'
import type { Condition } from '../../model'
import type { Situation } from '../situation'
import { previousCondition } from '../timed-condition'
import { images, type OutsideStorage } from './outside-storage'

const condition = (status: Condition['status'], reason: string, message: string): Condition => ({
  type: 'StorageCredentialsAccepted',
  status,
  reason,
  message,
})

const ACCEPTED = condition('True', 'Accepted', 'The credentials of the storage have been let in')
const NOT_TRIED = condition(
  'Unknown',
  'NotTriedYet',
  'The credentials have not been tried yet; pods that run go on with those that they have',
)

/** Whether the credentials that are given now are good. Before the first look it is as it was. */
export const credentialsCondition = (
  { subject, facts: { storage } }: Situation,
  outside: OutsideStorage,
): ReadonlyArray<Condition> => {
  if (outside.looked === 'nobody' || outside.target === undefined) return []
  const refused = outside.facts?.troubles.find(({ error }) => error._tag === 'CredentialsRefused')
  if (refused !== undefined)
    return [condition('False', 'Refused', describeStorageError(refused.error))]
  const { sight } = images(outside)
  if (sight !== undefined && sight._tag !== 'Unseen') return [ACCEPTED]
  const previous = previousCondition(subject, 'StorageCredentialsAccepted')
  return storage._tag === 'Looked' && outside.facts === undefined
    ? [NOT_TRIED]
    : previous === undefined
      ? [NOT_TRIED]
      : [condition(previous.status, previous.reason, previous.message)]
}
