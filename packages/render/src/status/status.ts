import type { Condition, JsonObject, KubeObject } from '../model'
import { names } from '../model'
import { available } from './available'
import { type Degradation, degraded } from './degraded'
import { kstatusConditions } from './kstatus'
import { progressing } from './progressing'
import { removed } from './removed'
import { type Situation, situation, type StatusInput } from './situation'
import { statusPatch } from './status-patch'
import { storageExists } from './storage-exists'
import { storageStatus } from './storage-status'
import { previousCondition, timed, type TimedCondition } from './timed-condition'

export type StatusDecision = {
  /** The complete body for a server-side apply of the status; absent when nothing has to be written. */
  readonly patch?: KubeObject
  /** What the conditions are now, whether they have to be written or not. */
  readonly conditions: ReadonlyArray<TimedCondition>
  /** When the conditions change by the passing of time alone; absent when they do not. */
  readonly requeueAfterMs?: number
}

/**
 * Stage 6: what the Config says about the registry. Depends on nothing but what is seen and how long it has
 * been so; the same situation gives the same bytes, and then nothing is written.
 */
export const status = (input: StatusInput): StatusDecision => {
  const { subject } = input.observation
  if (subject === undefined) return { conditions: [] }
  const given = situation(input, subject)
  const { conditions, waitMs } = decided(given)
  const patch = statusPatch(subject, body(input, given, conditions))
  return {
    ...(patch === undefined ? {} : { patch }),
    conditions,
    ...(waitMs === undefined ? {} : { requeueAfterMs: waitMs }),
  }
}

type Decided = Pick<Degradation, 'waitMs'> & { readonly conditions: ReadonlyArray<TimedCondition> }

const decided = (given: Situation): Decided => {
  const { subject, state, now, deployment } = given
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
    // What happens to the Deployment of a registry that is not ours to manage says nothing about us.
    deployment: state === 'Managed' ? deployment : undefined,
  }
  const rest = [degradation.condition, removed(given), storageExists(given)]
  return {
    conditions: [isAvailable, isProgressing, ...[...rest, ...kstatusConditions(known)].map(since)],
    ...(degradation.waitMs === undefined ? {} : { waitMs: degradation.waitMs }),
  }
}

const body = (
  { observation: { facts } }: StatusInput,
  given: Situation,
  conditions: ReadonlyArray<TimedCondition>,
): JsonObject => {
  const { generation } = given.subject.metadata
  const observed = generation === undefined ? {} : { observedGeneration: generation }
  const exists = conditions.some(
    ({ type, status: is }) => type === 'StorageExists' && is === 'True',
  )
  return {
    conditions: conditions.map((condition) => ({
      ...condition,
      ...(facts.configSchema.conditionObservedGeneration ? observed : {}),
    })),
    ...generations(given),
    ...observed,
    readyReplicas: given.deployment?.readyReplicas ?? 0,
    ...storageStatus(given, exists),
  }
}

/** Which generation of the Deployment this status is about. */
const generations = ({ deployment }: Situation): JsonObject =>
  deployment === undefined
    ? {}
    : {
        generations: [
          {
            group: 'apps',
            resource: 'deployments',
            namespace: names.REGISTRY_NAMESPACE,
            name: names.REGISTRY_NAME,
            lastGeneration: deployment.generation,
            hash: '',
          },
        ],
      }
