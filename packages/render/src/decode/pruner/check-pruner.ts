import type { Problem } from '../../model'
import { durationNs } from '../../schema/duration'
import { showValue } from '../../schema/show-value'

import type { ImagePrunerSpec } from '../codecs/config/image-pruner'
import { scheduleProblems } from './cron-schedule'

const notNegative = (field: string, value: number | string | undefined, least: string) => {
  const amount = typeof value === 'string' ? (durationNs(value) ?? 0n) : (value ?? 0)
  return amount < 0
    ? [
        {
          path: `spec.${field}`,
          message: `must not be negative, got ${showValue(value)}`,
          remedy: `set it to ${least} or more`,
        },
      ]
    : []
}

/** The deprecated number does not count beside the text. */
const ageProblems = ({ keepYoungerThan, keepYoungerThanDuration }: ImagePrunerSpec) =>
  keepYoungerThanDuration === undefined
    ? notNegative('keepYoungerThan', keepYoungerThan, '0')
    : notNegative('keepYoungerThanDuration', keepYoungerThanDuration, '0s')

/** All that the API server or the clean-up itself would refuse of a spec whose fields are each well-formed. */
export const checkPruner = (spec: ImagePrunerSpec): ReadonlyArray<Problem> => [
  ...(spec.schedule === undefined || spec.schedule === ''
    ? []
    : scheduleProblems(spec.schedule).map((problem) => ({ path: 'spec.schedule', ...problem }))),
  ...notNegative('keepTagRevisions', spec.keepTagRevisions, '0'),
  ...ageProblems(spec),
  ...notNegative('successfulJobsHistoryLimit', spec.successfulJobsHistoryLimit, '0'),
  ...notNegative('failedJobsHistoryLimit', spec.failedJobsHistoryLimit, '0'),
]
