import { groupOf, names } from '../model'
import { partDegraded } from './part-degraded'
import type { PartConditions } from './part-conditions'
import type { Situation } from './situation'

/** Whether the cluster's image configuration can be kept right; nothing where there is none. */
export const imageConfigCondition = (given: Situation): PartConditions =>
  given.facts.servedGroups.includes(groupOf(names.OPENSHIFT_API_VERSION))
    ? partDegraded(given, 'ImageConfigControllerDegraded', 'image-config')
    : { conditions: [] }
