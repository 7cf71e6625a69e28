import { atomicList } from '../../../schema/collections'
import { integer } from '../../../schema/integer'
import { object } from '../../../schema/object'
import { string } from '../../../schema/string'

import { labelSelector } from './label-selector'

const CONSTRAINT = object('One rule about how evenly pods are spread.', {
  required: {
    maxSkew: integer('By how many pods two domains may differ.', { format: 'int32' }),
    topologyKey: string('Label of nodes. Nodes with the same value are one domain.'),
    whenUnsatisfiable: string(
      'What happens to a pod that would break the rule: DoNotSchedule or ScheduleAnyway.',
    ),
  },
  optional: {
    labelSelector: labelSelector('Which pods are counted.'),
    matchLabelKeys: atomicList(
      'Labels of the pod in question whose values narrow down which pods are counted.',
      string('Key of a label.'),
    ),
    minDomains: integer('How many domains there have to be at least.', { format: 'int32' }),
    nodeAffinityPolicy: string(
      'Whether nodes that the pod is not allowed on by its node affinity count: Honor or Ignore.',
    ),
    nodeTaintsPolicy: string(
      'Whether nodes with taints that the pod does not tolerate count: Honor or Ignore.',
    ),
  },
})

/** Rules about how evenly the pods are spread, always written as a whole. */
export const topologySpreadConstraints = (description: string) =>
  atomicList(description, CONSTRAINT)
