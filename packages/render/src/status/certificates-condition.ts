import type { Condition } from '../model'
import type { PartConditions } from './part-conditions'
import { partDegraded } from './part-degraded'
import { servingCertificate } from './serving-certificate'
import type { Situation } from './situation'

const TYPE = 'ImageRegistryCertificatesControllerDegraded'

/** Whether the bundles of certificate authorities can be kept right, and the registry's own certificate is. */
export const certificatesCondition = (given: Situation): PartConditions => {
  const { conditions, ...bundles } = partDegraded(given, TYPE, 'certificates')
  const { text, ...serving } = servingCertificate(given)
  const waits = [bundles.waitMs, serving.waitMs].filter((ms) => ms !== undefined)
  return {
    conditions: conditions.map((condition) => withTrouble(condition, text)),
    ...(waits.length === 0 ? {} : { waitMs: Math.min(...waits) }),
  }
}

const withTrouble = (condition: Condition, text: string): Condition =>
  text === ''
    ? condition
    : {
        ...condition,
        status: 'True',
        reason: 'Error',
        message: [condition.message, text].filter((one) => one !== '').join(' | '),
      }
