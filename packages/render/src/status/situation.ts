import * as E from 'fp-ts/Either'

import { describe } from '../errors-text/describe'
import {
  type Config,
  isJsonObject,
  keyOf,
  type KubeObject,
  type LiveObjects,
  type ManagementState,
  names,
  objectRef,
  type Observation,
  type Outcome,
  type Withheld,
} from '../model'
import { conditionFromError } from './condition-from-error'
import { type DeploymentView, deploymentView } from './deployment-view'
import { type Failure, failures } from './failure'
import { liveAfter } from './live-after'

/** What the status is made from. */
export type StatusInput = {
  readonly observation: Observation
  readonly withheld: ReadonlyArray<Withheld>
  readonly outcome: Outcome
  /** The time of this pass: RFC 3339 in UTC, whole seconds. */
  readonly now: string
  /** How many passes in a row before this one had a failed action; 0 when not given. */
  readonly failedBefore?: number
}

/** What the conditions are decided from. */
export type Situation = {
  readonly subject: KubeObject
  readonly state: ManagementState
  /** Absent when it cannot be used; then `refusal` says why. */
  readonly config?: Config
  readonly refusal?: { readonly reason: string; readonly text: string }
  readonly withheld: ReadonlyArray<Withheld>
  readonly outcome: Outcome
  readonly failures: ReadonlyArray<Failure>
  readonly live: LiveObjects
  /** Absent when there is no Deployment. */
  readonly deployment?: DeploymentView
  readonly now: string
}

const DEPLOYMENT = keyOf(
  objectRef('apps/v1', 'Deployment', names.REGISTRY_NAME, names.REGISTRY_NAMESPACE),
)

/** Everything together that the conditions depend on, as it is after the actions. */
export const situation = (input: StatusInput, subject: KubeObject): Situation => {
  const { observation, withheld, outcome, now } = input
  const live = liveAfter(observation.live, outcome)
  const found = live.get(DEPLOYMENT)
  return {
    subject,
    ...understanding(observation.config, subject),
    withheld,
    outcome,
    failures: failures(withheld, outcome).filter(isWorthTelling(input, found)),
    live,
    ...(found === undefined ? {} : { deployment: deploymentView(found) }),
    now,
  }
}

const understanding = (
  config: Observation['config'],
  subject: KubeObject,
): Pick<Situation, 'state' | 'config' | 'refusal'> => {
  if (E.isRight(config)) return { state: config.right.managementState, config: config.right }
  const { reason } = conditionFromError(config.left)
  return { state: statedState(subject), refusal: { reason, text: describe(config.left) } }
}

/** Who hands the registry over or has it removed has said so, even in a Config that cannot be used. */
const statedState = ({ spec }: KubeObject): ManagementState => {
  const stated = isJsonObject(spec) ? spec['managementState'] : undefined
  return stated === 'Unmanaged' || stated === 'Removed' ? stated : 'Managed'
}

/**
 * A write that failed once for a reason that passes, while the registry is there, would only make the
 * conditions flicker: the next attempt follows at once.
 */
const isWorthTelling =
  ({ failedBefore = 0 }: StatusInput, deployment: KubeObject | undefined) =>
  ({ degrades }: Failure): boolean =>
    degrades !== 'never' || failedBefore > 0 || deployment === undefined
