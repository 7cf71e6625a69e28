import { atomicList } from '../../../schema/collections'
import { integer } from '../../../schema/integer'
import { optionalObject } from '../../../schema/object'
import { string } from '../../../schema/string'

const TOLERATION = optionalObject('One taint, or family of taints, that is put up with.', {
  effect: string(
    'Effect of the taint: NoSchedule, PreferNoSchedule or NoExecute. Empty stands for all effects.',
  ),
  key: string('Key of the taint. Empty, together with the operator Exists, stands for all taints.'),
  operator: string('How the value is compared: Equal (the default) or Exists.'),
  tolerationSeconds: integer(
    'For NoExecute: how many seconds the pod stays on the node once tainted. Unset: for ever.',
    { format: 'int64' },
  ),
  value: string('Value of the taint. Empty for Exists.'),
})

/** Taints of nodes that the pods put up with, always written as a whole. */
export const atomicTolerations = (description: string) => atomicList(description, TOLERATION)
