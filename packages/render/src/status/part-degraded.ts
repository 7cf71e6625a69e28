import type { Condition, ConditionType, Part } from '../model'
import { ofPart } from './failure'
import type { PartConditions } from './part-conditions'
import { partTrouble } from './part-trouble'
import type { Situation } from './situation'
import { previousCondition } from './timed-condition'

/** Whether a part of us is degraded: by what is to be told of its failures. */
export const partDegraded = (given: Situation, type: ConditionType, part: Part): PartConditions => {
  const { text, ...wait } = partTrouble(ofPart(given.allFailures, part), {
    since: given.failingSince[part] ?? given.now,
    now: given.now,
    isTold: previousCondition(given.subject, type)?.status === 'True',
  })
  return { conditions: [condition(type, text)], ...wait }
}

/** Degraded by what the text says; not at all by an empty one. */
const condition = (type: ConditionType, text: string): Condition => ({
  type,
  status: text === '' ? 'False' : 'True',
  reason: text === '' ? 'AsExpected' : 'Error',
  message: text,
})
