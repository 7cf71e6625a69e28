import type { Condition } from '../../model'
import type { Situation } from '../situation'
import { credentialsCondition } from './credentials-condition'
import { leftBehindCondition } from './left-behind-condition'
import { settingConditions } from './setting-conditions'

/** What is told of the storage besides whether it is there. Nothing of a storage that is not in use. */
export const storageConditions = (given: Situation): ReadonlyArray<Condition> => {
  const { outside, state, subject } = given
  const own =
    outside === undefined || state !== 'Managed'
      ? []
      : [...credentialsCondition(given, outside), ...settingConditions(subject, outside)]
  return [...own, ...leftBehindCondition(given)]
}
