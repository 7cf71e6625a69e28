import { type Condition, isJsonArray, isJsonObject, type Json, type KubeObject } from '../model'

/** A condition with the time since when its status has been what it is. */
export type TimedCondition = Condition & { readonly lastTransitionTime: string }

const STATUSES = ['True', 'False', 'Unknown'] as const

const textAt = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

const conditionsOf = (subject: KubeObject | undefined): ReadonlyArray<Json> => {
  const status = subject?.['status']
  const conditions = isJsonObject(status) ? status['conditions'] : undefined
  return isJsonArray(conditions) ? conditions : []
}

/** What the Config says of a condition now; undefined when it says nothing that makes sense. */
export const previousCondition = (
  subject: KubeObject | undefined,
  type: Condition['type'],
): TimedCondition | undefined => {
  const found = conditionsOf(subject)
    .filter(isJsonObject)
    .find((condition) => condition['type'] === type)
  const status = STATUSES.find((candidate) => candidate === found?.['status'])
  return found === undefined || status === undefined
    ? undefined
    : {
        type,
        status,
        reason: textAt(found['reason']),
        message: textAt(found['message']),
        lastTransitionTime: textAt(found['lastTransitionTime']),
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
