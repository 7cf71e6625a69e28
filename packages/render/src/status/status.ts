import {
  type Condition,
  type JsonObject,
  keyOf,
  type KubeObject,
  refOf,
  type StatusPatch,
} from '../model'
import { authenticationCondition } from './authentication-condition'
import { available } from './available'
import { azureStackCondition } from './azure-stack-condition'
import { certificatesCondition } from './certificates-condition'
import { clusterOperatorStatus } from './cluster-operator-status'
import { configObservationCondition } from './config-observation-condition'
import { type Degradation, degraded } from './degraded'
import { type FailingSince, failingSinceAfter } from './failing-since'
import { failures } from './failure'
import { generations } from './generations'
import { imageConfigCondition } from './image-config-condition'
import { kstatusConditions } from './kstatus'
import { leftReadOnly } from './left-read-only'
import { liveAfter } from './live-after'
import { missingConfig } from './missing-config'
import { nodeCaConditions } from './node-ca-conditions'
import { observedGeneration } from './observed-generation'
import type { PartConditions } from './part-conditions'
import { podsUnderWay } from './pods-under-way'
import { progressing } from './progressing'
import { prunerStatus } from './pruner-status'
import { quietStatus } from './quiet-status'
import { isReleased } from './released'
import { removed } from './removed'
import { type Situation, situation, type StatusInput } from './situation'
import { statusPatch } from './status-patch'
import { outsideStorage } from './storage/outside-storage'
import { storageConditions } from './storage/storage-conditions'
import { storageExists } from './storage-exists'
import { storageStatus } from './storage-status'
import { previousCondition, timed, type TimedCondition } from './timed-condition'

export type StatusDecision = {
  /** The statuses that have to be written, in their order; of those that are right there is none. */
  readonly patches: ReadonlyArray<StatusPatch>
  /** What the conditions of the Config are now, whether they have to be written or not. */
  readonly conditions: ReadonlyArray<TimedCondition>
  /** To be handed to the next pass. */
  readonly failingSince: FailingSince
  /** When the conditions change by the passing of time alone; absent when they do not. */
  readonly requeueAfterMs?: number
}

/**
 * Stage 6: what the Config says about the registry, the ImagePruner about the clean-up, and the ClusterOperator
 * about both. Depends on nothing but what is seen and how long it has been so; the same situation gives the same
 * bytes, and then nothing is written.
 */
export const status = (input: StatusInput): StatusDecision => {
  const { subject } = input.observation
  const config = subject === undefined ? { conditions: [] } : configStatus(input, subject)
  const pruner = prunerStatus(input)
  const missing = subject === undefined ? missingConfig(input) : { conditions: [] }
  const operator = clusterOperatorStatus(input, {
    config: isReleased(input) ? [] : [...config.conditions, ...missing.conditions],
    pruner: pruner.conditions,
  })
  const { waitMs } = earliest([config, missing, pruner])
  return {
    patches: [config.patch, pruner.patch, operator].filter((patch) => patch !== undefined),
    conditions: config.conditions,
    failingSince: failingSince(input),
    ...(waitMs === undefined ? {} : { requeueAfterMs: waitMs }),
  }
}

const failingSince = (input: StatusInput) => {
  const { withheld, outcome, now, failingSince: before = {} } = input
  return failingSinceAfter(before, failures(withheld, outcome, outsideStorage(input)), now)
}

type ConfigStatus = Decided & { readonly patch?: StatusPatch }

const configStatus = (input: StatusInput, subject: KubeObject): ConfigStatus => {
  const given = situation(input, subject)
  const decision = decided(given)
  const wanted = body(given, decision.conditions)
  const stands = afterActions(input, subject)
  const isDue =
    !isReleased(input) && statusPatch(stands, quietStatus(subject, wanted)) !== undefined
  const patch = isDue ? statusPatch(stands, wanted) : undefined
  return { ...decision, ...(patch === undefined ? {} : { patch }) }
}

/** An action of this pass may have changed who holds what of it. */
const afterActions = ({ outcome }: StatusInput, subject: KubeObject): KubeObject =>
  liveAfter(new Map(), outcome).get(keyOf(refOf(subject))) ?? subject

type Decided = Pick<Degradation, 'waitMs'> & { readonly conditions: ReadonlyArray<TimedCondition> }

const decided = (given: Situation): Decided => {
  const { subject, now } = given
  const since = (condition: Condition): TimedCondition =>
    timed(condition, previousCondition(subject, condition.type), now)
  const isAvailable = since(available(given))
  const isProgressing = since(progressing(given))
  const degradation = degraded(given, {
    available: isAvailable,
    progressing: isProgressing,
  })
  const known = {
    available: isAvailable,
    progressing: isProgressing,
    degradation,
    pods: podsUnderWay(given),
  }
  const parts = partConditions(given)
  const rest = [
    ...[degradation.condition, removed(given), storageExists(given)],
    ...storageConditions(given),
    ...leftReadOnly(given),
    ...parts.flatMap((part) => part.conditions),
    ...kstatusConditions(known),
  ]
  return {
    conditions: [isAvailable, isProgressing, ...rest.map(since)],
    ...earliest([degradation, ...parts]),
  }
}

const partConditions = (given: Situation): ReadonlyArray<PartConditions> => [
  nodeCaConditions(given),
  imageConfigCondition(given),
  certificatesCondition(given),
  azureStackCondition(given),
  authenticationCondition(given),
  configObservationCondition(given),
]

const earliest = (
  all: ReadonlyArray<{ readonly waitMs?: number }>,
): { readonly waitMs?: number } => {
  const waits = all.flatMap(({ waitMs }) => (waitMs === undefined ? [] : [waitMs]))
  return waits.length === 0 ? {} : { waitMs: Math.min(...waits) }
}

const body = (given: Situation, conditions: ReadonlyArray<TimedCondition>): JsonObject => {
  const generation = observedGeneration(given)
  const observed = generation === undefined ? {} : { observedGeneration: generation }
  const exists = conditions.some(
    ({ type, status: is }) => type === 'StorageExists' && is === 'True',
  )
  return {
    conditions: conditions.map((condition) => ({
      ...condition,
      ...(given.facts.configSchema.conditionObservedGeneration ? observed : {}),
    })),
    ...generations(given),
    ...observed,
    readyReplicas: given.deployment?.readyReplicas ?? 0,
    ...storageStatus(given, exists),
  }
}
