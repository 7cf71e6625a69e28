import type { PartConditions } from './part-conditions'
import { partDegraded } from './part-degraded'
import type { Situation } from './situation'

/** Whether what the cluster asks of TLS servers, and whatever else we decide, can be kept in the Config. */
export const configObservationCondition = (given: Situation): PartConditions => {
  if (given.facts.platform === 'Kubernetes') return { conditions: [] }
  const { conditions, ...rest } = partDegraded(given, 'ConfigObservationDegraded', 'config')
  return {
    ...rest,
    // The original gives no reason while all is well, unlike for the other parts.
    conditions: conditions.map((condition) =>
      condition.status === 'False' ? { ...condition, reason: '' } : condition,
    ),
  }
}
