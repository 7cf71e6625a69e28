import { partDegraded } from './part-degraded'
import type { PartConditions } from './part-conditions'
import type { Situation } from './situation'

/** Whether the bundles of certificate authorities can be kept right. */
export const certificatesCondition = (given: Situation): PartConditions =>
  partDegraded(given, 'ImageRegistryCertificatesControllerDegraded', 'certificates')
