import {
  type Condition,
  keyOf,
  names,
  objectRef,
  type OperatorConditionType,
  type StatusPatch,
} from '../model'
import { forCluster } from './for-cluster'
import { liveAfter } from './live-after'
import { operatorVersion } from './operator-version'
import { RELATED_OBJECTS } from './related-objects'
import type { StatusInput } from './situation'
import { statusPatch } from './status-patch'
import { summedCondition } from './summed-condition'
import { previousCondition, timed, type TimedCondition } from './timed-condition'

/** The conditions that the ClusterOperator sums up. */
export type Members = {
  readonly config: ReadonlyArray<TimedCondition>
  readonly pruner: ReadonlyArray<TimedCondition<string>>
}

const OPERATOR = keyOf(
  objectRef(names.OPENSHIFT_API_VERSION, 'ClusterOperator', names.CLUSTER_OPERATOR_NAME),
)

const TYPES: ReadonlyArray<OperatorConditionType> = ['Available', 'Progressing', 'Degraded']

/**
 * What makes the status of the ClusterOperator what it should be; undefined when it is already, or there is
 * none, or nothing is known of the registry. Conditions of other types are left to whoever writes them.
 */
export const clusterOperatorStatus = (
  input: StatusInput,
  members: Members,
): StatusPatch | undefined => {
  const operator = liveAfter(input.observation.live, input.outcome).get(OPERATOR)
  if (operator === undefined || members.config.length === 0) return undefined
  const { versions, isAwaited } = operatorVersion(input, operator)
  const all = [
    ...forCluster(members.config, { awaitsVersion: isAwaited }),
    ...members.pruner.map(ofPruner),
  ]
  const conditions = TYPES.map((type) =>
    timed(summedCondition(type, all), previousCondition(operator, type), input.now),
  )
  return statusPatch(operator, {
    conditions,
    relatedObjects: RELATED_OBJECTS,
    ...(versions === undefined ? {} : { versions }),
  })
}

const ofPruner = (condition: Condition<string>): Condition<string> => ({
  ...condition,
  type: `ImagePruner${condition.type}`,
})
