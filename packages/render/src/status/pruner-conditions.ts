import type { Condition, ConditionStatus, PrunerConditionType } from '../model'
import type { LastRun } from './pruner-last-run'

/** What the conditions of the ImagePruner are decided from. */
export type PrunerSituation = {
  /** There is a CronJob. */
  readonly isThere: boolean
  readonly isSuspended: boolean
  readonly lastRun: LastRun
  /** Why its objects could not be kept right; empty when they could, or when it has not lasted. */
  readonly trouble: string
}

type PrunerCondition = Condition<PrunerConditionType>

type Cause = { readonly reason: string; readonly message: string }

const condition = (
  type: PrunerConditionType,
  status: ConditionStatus,
  { reason, message }: Cause,
): PrunerCondition => ({ type, status, reason, message })

const NO_CRON_JOB: Cause = { reason: 'Error', message: 'Pruner CronJob does not exist' }

const AS_EXPECTED: Cause = { reason: 'AsExpected', message: '' }

/** How the clean-up of images fares, in the words of the original. */
export const prunerConditions = (given: PrunerSituation): ReadonlyArray<PrunerCondition> => [
  available(given),
  failed(given),
  scheduled(given),
  degraded(given),
]

const available = ({ isThere }: PrunerSituation): PrunerCondition =>
  isThere
    ? condition('Available', 'True', {
        reason: 'AsExpected',
        message: 'Pruner CronJob has been created',
      })
    : condition('Available', 'False', NO_CRON_JOB)

const failed = ({ lastRun }: PrunerSituation): PrunerCondition => {
  switch (lastRun._tag) {
    case 'Never':
      return condition('Failed', 'False', {
        reason: 'NoJobs',
        message: 'No pruner job has completed yet',
      })
    case 'Succeeded':
      return condition('Failed', 'False', {
        reason: 'Complete',
        message: 'Pruner completed successfully',
      })
    case 'Failed':
      return condition('Failed', 'True', lastRun)
  }
}

const scheduled = ({ isThere, isSuspended }: PrunerSituation): PrunerCondition => {
  if (isSuspended) {
    return condition('Scheduled', 'False', {
      reason: 'Suspended',
      message: 'The pruner job has been suspended',
    })
  }
  return isThere
    ? condition('Scheduled', 'True', {
        reason: 'Scheduled',
        message: 'The pruner job has been scheduled',
      })
    : condition('Scheduled', 'False', NO_CRON_JOB)
}

/** Who suspends it has seen that it failed: nothing will run that could show that it works again. */
const degraded = ({ trouble, lastRun, isSuspended }: PrunerSituation): PrunerCondition => {
  if (trouble !== '') {
    return condition('Degraded', 'True', { reason: 'SyncError', message: `Error: ${trouble}` })
  }
  return lastRun._tag === 'Failed' && !isSuspended
    ? condition('Degraded', 'True', { reason: 'JobFailed', message: lastRun.message })
    : condition('Degraded', 'False', AS_EXPECTED)
}
