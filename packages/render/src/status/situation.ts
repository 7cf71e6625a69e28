import * as E from 'fp-ts/Either'

import { describe } from '../errors-text/describe'
import {
  type ClusterFacts,
  type Config,
  isJsonObject,
  isPlatformAwaited,
  keyOf,
  type KubeObject,
  type LiveObjects,
  type ManagementState,
  names,
  objectRef,
  type Observation,
  type Outcome,
  type RenderProblem,
  type StorageTarget,
  type Withheld,
} from '../model'
import { conditionFromError } from './condition-from-error'
import { type DeploymentView, deploymentView } from './deployment-view'
import { type FailingSince, failingSinceAfter } from './failing-since'
import { type Failure, failures, ofRegistry } from './failure'
import { liveAfter } from './live-after'
import { type OutsideStorage, outsideStorage } from './storage/outside-storage'
import { previousCondition } from './timed-condition'

/** What the status is made from. */
export type StatusInput = {
  readonly observation: Observation
  readonly withheld: ReadonlyArray<Withheld>
  /** The storage outside of the cluster, or why it cannot be said; neither where there is none. */
  readonly storage?: StorageTarget
  readonly storageProblem?: RenderProblem
  readonly outcome: Outcome
  /** The time of this pass: RFC 3339 in UTC, whole seconds. */
  readonly now: string
  /** How many passes in a row before this one had a failed action; 0 when not given. */
  readonly failedBefore?: number
  /** What the pass before this one said; nothing when not given. */
  readonly failingSince?: FailingSince
  /** Since when the operator has been at it; when not given it is taken to have been so always. */
  readonly watchingSince?: string
  /** Why the file with the endpoints of an Azure Stack could not be kept right; absent when it is. */
  readonly endpointsProblem?: string
}

/** What the conditions are decided from. */
export type Situation = {
  readonly subject: KubeObject
  readonly state: ManagementState
  /** Absent when it cannot be used; then `refusal` says why, unless it only lacks what the platform is to say. */
  readonly config?: Config
  readonly refusal?: { readonly reason: string; readonly text: string }
  readonly withheld: ReadonlyArray<Withheld>
  readonly outcome: Outcome
  /** Of the registry and of what we decide in the Config. */
  readonly failures: ReadonlyArray<Failure>
  /** Of every part. */
  readonly allFailures: ReadonlyArray<Failure>
  readonly failingSince: FailingSince
  readonly watchingSince?: string
  /** A write was interrupted, and nobody is told: what the Config asks for is not done yet. */
  readonly isInterrupted: boolean
  readonly endpointsProblem?: string
  readonly facts: ClusterFacts
  /** What is to be known of the storage outside of the cluster; absent where there is none. */
  readonly outside?: OutsideStorage
  readonly live: LiveObjects
  /** Absent when there is no Deployment. */
  readonly deployment?: DeploymentView
  readonly now: string
}

/** The key of the registry's Deployment. */
export const DEPLOYMENT = keyOf(
  objectRef('apps/v1', 'Deployment', names.REGISTRY_NAME, names.REGISTRY_NAMESPACE),
)

/** Everything together that the conditions depend on, as it is after the actions. */
export const situation = (input: StatusInput, subject: KubeObject): Situation => {
  const { observation, withheld, outcome, now } = input
  const live = liveAfter(observation.live, outcome)
  const found = live.get(DEPLOYMENT)
  const understood = understanding(observation, subject)
  const outside = outsideStorage(input)
  const all = failures(withheld, outcome, outside)
  const told = ofRegistry(all).filter(isWorthTelling(input, outside, found))
  return {
    subject,
    ...understood,
    ...(outside === undefined ? {} : { outside }),
    withheld,
    outcome,
    failures: told,
    allFailures: all,
    failingSince: failingSinceAfter(input.failingSince ?? {}, all, now),
    isInterrupted: ofRegistry(all).some(
      (failure) => failure.reason === 'ApplyInterrupted' && !told.includes(failure),
    ),
    ...(input.watchingSince === undefined ? {} : { watchingSince: input.watchingSince }),
    ...(input.endpointsProblem === undefined ? {} : { endpointsProblem: input.endpointsProblem }),
    facts: observation.facts,
    live,
    ...(found === undefined ? {} : { deployment: deploymentView(found) }),
    now,
  }
}

const understanding = (
  { config, facts }: Observation,
  subject: KubeObject,
): Pick<Situation, 'state' | 'config' | 'refusal'> => {
  if (E.isRight(config)) return { state: config.right.managementState, config: config.right }
  if (isPlatformAwaited(config.left, facts)) return { state: stateOf(subject) }
  const { reason } = conditionFromError(config.left)
  return { state: stateOf(subject), refusal: { reason, text: describe(config.left) } }
}

/** Who hands the registry over, has it removed or deletes the Config has said so, even where that cannot be used. */
export const stateOf = ({ metadata, spec }: KubeObject): ManagementState => {
  if (metadata.deletionTimestamp !== undefined) return 'Removed'
  const stated = isJsonObject(spec) ? spec['managementState'] : undefined
  return stated === 'Unmanaged' || stated === 'Removed' ? stated : 'Managed'
}

/**
 * A write that failed once for a reason that passes, while the registry is there, would only make the
 * conditions flicker: the next attempt follows at once.
 */
const isWorthTelling =
  (input: StatusInput, outside: OutsideStorage | undefined, deployment: KubeObject | undefined) =>
  ({ degrades, reason }: Failure): boolean =>
    degrades !== 'never' ||
    (input.failedBefore ?? 0) > 0 ||
    deployment === undefined ||
    (reason === 'StoragePending' && isProgress(input.observation.subject, outside))

/**
 * Pods wait for another storage than theirs, or for the way to it that somebody has just chosen: that is no moment. It is one
 * where an operator that has just started looks at what it knew before.
 */
const isProgress = (
  subject: KubeObject | undefined,
  outside: OutsideStorage | undefined,
): boolean =>
  outside?.wasThere === false ||
  hasChanged(subject) ||
  previousCondition(subject, 'Progressing')?.reason === 'StoragePending'

/** What the status says is about an earlier Config. */
const hasChanged = (subject: KubeObject | undefined): boolean => {
  const told = isJsonObject(subject?.['status'])
    ? subject['status']['observedGeneration']
    : undefined
  return told !== undefined && told !== subject?.metadata.generation
}
