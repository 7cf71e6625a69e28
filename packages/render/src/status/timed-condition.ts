import {
  type Condition,
  type ConditionType,
  isJsonObject,
  type JsonObject,
  type KubeObject,
  objectsOf,
  textOf,
} from '../model'
import { shortText } from '../errors-text/stable-text'

/** A condition with the time since when its status has been what it is. */
export type TimedCondition<Type extends string = ConditionType> = Condition<Type> & {
  readonly lastTransitionTime: string
}

const STATUSES = ['True', 'False', 'Unknown'] as const

const conditionsOf = (subject: KubeObject | undefined): ReadonlyArray<JsonObject> => {
  const status = subject?.['status']
  return isJsonObject(status) ? objectsOf(status['conditions']) : []
}

/** What a resource says of a condition now; undefined when it says nothing that makes sense. */
export const previousCondition = <Type extends string>(
  subject: KubeObject | undefined,
  type: Type,
): TimedCondition<Type> | undefined => {
  const found = conditionsOf(subject).find((condition) => condition['type'] === type)
  const status = STATUSES.find((candidate) => candidate === found?.['status'])
  return found === undefined || status === undefined
    ? undefined
    : {
        type,
        status,
        reason: textOf(found['reason']),
        message: textOf(found['message']),
        lastTransitionTime: textOf(found['lastTransitionTime']),
      }
}

/** As in Kubernetes' own type of conditions; what is longer keeps the whole status from being written. */
const LONGEST_MESSAGE = 32_768

/** A condition since when it is so: the time stays while the status does. */
export const timed = <Type extends string>(
  condition: Condition<Type>,
  previous: TimedCondition<Type> | undefined,
  now: string,
): TimedCondition<Type> => ({
  ...condition,
  message: shortText(condition.message, LONGEST_MESSAGE),
  lastTransitionTime:
    previous?.status === condition.status && !Number.isNaN(Date.parse(previous.lastTransitionTime))
      ? previous.lastTransitionTime
      : now,
})
