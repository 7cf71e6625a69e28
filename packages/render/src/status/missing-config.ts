import type { Condition } from '../model'
import { elapsedMs } from './elapsed-ms'
import { type FailingSince, failingSinceAfter } from './failing-since'
import { failures, failureTexts, ofPart } from './failure'
import type { PartConditions } from './part-conditions'
import { ONE_SECOND_MS, REGISTRY_PATIENCE_MS } from './patience'
import type { StatusInput } from './situation'
import { timed, type TimedCondition } from './timed-condition'

export type MissingConfig = Pick<PartConditions, 'waitMs'> & {
  readonly conditions: ReadonlyArray<TimedCondition>
}

/**
 * What the cluster is told where there is no Config to say it in: why none could be made. Nothing while one is just
 * being made, or where somebody else has to make it.
 */
export const missingConfig = (input: StatusInput): MissingConfig => {
  const found = ofPart(failures(input.withheld, input.outcome), 'config')
  const [first] = found
  if (first === undefined) return { conditions: [] }
  const since: FailingSince = failingSinceAfter(input.failingSince ?? {}, found, input.now)
  const left = REGISTRY_PATIENCE_MS - elapsedMs(since.config ?? input.now, input.now)
  const isStuck = found.some(({ degrades }) => degrades === 'at-once')
  const cause = { reason: first.reason, message: failureTexts(found) }
  const conditions: ReadonlyArray<Condition> = [
    { type: 'Available', status: 'False', ...cause },
    { type: 'Progressing', status: isStuck ? 'False' : 'True', ...cause },
    isStuck || left < 0
      ? { type: 'Degraded', status: 'True', ...cause }
      : { type: 'Degraded', status: 'False', reason: '', message: '' },
  ]
  return {
    conditions: conditions.map((condition) => timed(condition, undefined, input.now)),
    ...(isStuck || left < 0 ? {} : { waitMs: left + ONE_SECOND_MS }),
  }
}
