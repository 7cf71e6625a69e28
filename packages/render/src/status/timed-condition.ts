import {
  type Condition,
  isJsonObject,
  type JsonObject,
  type KubeObject,
  objectsOf,
  textOf,
} from '../model'

/** A condition with the time since when its status has been what it is. */
export type TimedCondition = Condition & { readonly lastTransitionTime: string }

const STATUSES = ['True', 'False', 'Unknown'] as const

const conditionsOf = (subject: KubeObject | undefined): ReadonlyArray<JsonObject> => {
  const status = subject?.['status']
  return isJsonObject(status) ? objectsOf(status['conditions']) : []
}

/** What the Config says of a condition now; undefined when it says nothing that makes sense. */
export const previousCondition = (
  subject: KubeObject | undefined,
  type: Condition['type'],
): TimedCondition | undefined => {
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

/** A condition since when it is so: the time stays while the status does. */
export const timed = (
  condition: Condition,
  previous: TimedCondition | undefined,
  now: string,
): TimedCondition => ({
  ...condition,
  lastTransitionTime:
    previous?.status === condition.status && !Number.isNaN(Date.parse(previous.lastTransitionTime))
      ? previous.lastTransitionTime
      : now,
})
