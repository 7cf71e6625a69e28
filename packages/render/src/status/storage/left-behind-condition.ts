import { type Condition, isJsonObject, textOf } from '../../model'
import { keptPlace, leftBehind } from '../../storage/left-behind'
import type { Situation } from '../situation'
import { previousCondition } from '../timed-condition'

const condition = (place: string, management: string): Condition => ({
  type: 'StorageLeftBehind',
  status: 'True',
  reason: 'ImagesNotMoved',
  message: `${place} was in use before${management === '' ? '' : ` (${management})`}. Its images have not been moved, and it is not deleted: copy what is needed, then remove it yourself`,
})

const managementBefore = ({ subject: { status } }: Situation): string => {
  const storage = isJsonObject(status) ? status['storage'] : undefined
  return isJsonObject(storage) ? textOf(storage['managementState']) : ''
}

/** Which storage was in use before, once another one is chosen. It is told until that one is chosen again: it outlives the registry, too. */
export const leftBehindCondition = (given: Situation): ReadonlyArray<Condition> => {
  const { config, subject } = given
  if (config === undefined || config.managementState === 'Unmanaged') return []
  const former = leftBehind(config)
  if (former !== undefined) return [condition(former, managementBefore(given))]
  const previous = previousCondition(subject, 'StorageLeftBehind')
  const now = keptPlace(config.storage)
  return previous === undefined || (now !== undefined && previous.message.startsWith(`${now} `))
    ? []
    : [
        {
          type: 'StorageLeftBehind',
          status: previous.status,
          reason: previous.reason,
          message: previous.message,
        },
      ]
}
