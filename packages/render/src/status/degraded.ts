import * as RA from 'fp-ts/ReadonlyArray'
import * as S from 'fp-ts/string'

import type { Condition } from '../model'
import { elapsedMs } from './elapsed-ms'
import { type Failure, failureTexts } from './failure'
import { hasNewPods } from './new-pods'
import type { Situation } from './situation'
import { ONE_SECOND_MS, REGISTRY_PATIENCE_MS } from './patience'
import { previousCondition, type TimedCondition } from './timed-condition'
import { type Unadmitted, unadmittedExposures } from './unadmitted-exposures'
import { unadmittedRoutes } from './unadmitted-routes'

const REMOVE_FAILED = 'RemoveFailed'
const UNAVAILABLE = 'Unavailable'
const TIMED_OUT = 'ProgressDeadlineExceeded'

type Cause = { readonly reason: string; readonly message: string }

export type Degradation = {
  readonly condition: Condition
  /** Nothing will get better without a person. */
  readonly stalled: boolean
  /** When a threshold will have passed if nothing changes; absent when none is near. */
  readonly waitMs?: number
}

type Known = {
  readonly available: TimedCondition
  readonly progressing: TimedCondition
}

const condition = (status: Condition['status'], { reason, message }: Cause): Condition => ({
  type: 'Degraded',
  status,
  reason,
  message,
})

const fine = (reason: string, message: string): Degradation => ({
  condition: condition('False', { reason, message }),
  stalled: false,
})

/** Whether somebody should look at it. Every cause is told; the first one gives the reason. */
export const degraded = (given: Situation, known: Known): Degradation => {
  const { state, refusal } = given
  if (state === 'Unmanaged') {
    return fine('Unmanaged', 'The registry configuration is set to unmanaged mode')
  }
  if (refusal !== undefined) {
    const cause = { reason: refusal.reason, message: `Error: ${refusal.text}` }
    return { condition: condition('True', cause), stalled: true }
  }
  return {
    ...fromCauses(given, state === 'Removed' ? removalCauses(given, known) : causes(given, known)),
    ...wait(given, known),
  }
}

const fromCauses = ({ state }: Situation, found: ReadonlyArray<Cause>): Degradation => {
  const [first] = found
  if (first === undefined) {
    return state === 'Removed' ? fine('Removed', 'The registry is removed') : fine('', '')
  }
  const message = found.map((cause) => cause.message).join(' | ')
  return {
    condition: condition('True', { reason: first.reason, message }),
    stalled: found.some(({ reason }) => reason !== UNAVAILABLE),
  }
}

const causes = (given: Situation, known: Known): ReadonlyArray<Cause> => [
  ...fromFailures(given.failures.filter(({ degrades }) => degrades === 'at-once')),
  ...unavailable(given, known),
  ...fromFailures(lasting(given, known)),
  ...timedOut(given, known),
  ...routeTrouble(given),
]

const removalCauses = (given: Situation, known: Known): ReadonlyArray<Cause> => {
  const found = lasting(given, known)
  const message = `Unable to remove registry: ${failureTexts(found)}`
  return found.length === 0 ? [] : [{ reason: REMOVE_FAILED, message }]
}

const fromFailures = (found: ReadonlyArray<Failure>): ReadonlyArray<Cause> =>
  found.map(({ reason, text }) => ({ reason, message: text }))

const hasPassed = (since: string, now: string): boolean =>
  elapsedMs(since, now) > REGISTRY_PATIENCE_MS

const unavailable = (given: Situation, known: Known): ReadonlyArray<Cause> =>
  known.available.status !== 'True' && hasPassed(missingSince(given, known), given.now)
    ? [{ reason: UNAVAILABLE, message: known.available.message }]
    : []

/**
 * Nothing can be available before there is a Deployment, and nobody but us makes it: what nobody was there to do has not
 * been tried in vain. What has been told as degraded stays so.
 */
const missingSince = (
  { subject, deployment, watchingSince = '' }: Situation,
  { available }: Known,
): string => {
  const previous = previousCondition(subject, 'Degraded')
  return previous?.status === 'True' && previous.reason === UNAVAILABLE
    ? available.lastTransitionTime
    : latest([available.lastTransitionTime, deployment?.madeAt ?? watchingSince])
}

/** Failures that need a person, once the operator has been at it for long without a success. */
const lasting = (given: Situation, known: Known): ReadonlyArray<Failure> =>
  hasPassed(atItSince(given, known), given.now)
    ? given.failures.filter(({ degrades }) => degrades === 'when-it-lasts')
    : []

/**
 * A rollout may take long, and a failure late in it has not lasted long; so both count. When a failure began is
 * forgotten with the process: what has been told as degraded stays so.
 */
const atItSince = (given: Situation, { progressing }: Known): string =>
  wasTold(given)
    ? progressing.lastTransitionTime
    : latest([progressing.lastTransitionTime, failingSince(given)])

const wasTold = ({ subject, failures }: Situation): boolean => {
  const previous = previousCondition(subject, 'Degraded')
  return (
    previous?.status === 'True' &&
    (previous.reason === REMOVE_FAILED ||
      failures.some(
        ({ degrades, reason }) => degrades === 'when-it-lasts' && reason === previous.reason,
      ))
  )
}

/** The registry has failed since the first of what is told of it fails. */
const failingSince = ({ failures, failingSince: since, now }: Situation): string =>
  RA.sort(S.Ord)(failures.map(({ part }) => since[part] ?? now))[0] ?? now

const latest = (times: readonly [string, string]): string =>
  elapsedMs(times[0], times[1]) > 0 ? times[1] : times[0]

/** While the registry is not available at all, that is what counts. */
const timedOut = (given: Situation, { available }: Known): ReadonlyArray<Cause> =>
  available.status === 'True' && isStuck(given)
    ? [
        {
          reason: TIMED_OUT,
          message: `Registry deployment has timed out progressing: ${given.deployment?.progressMessage ?? ''}`,
        },
      ]
    : []

/** While nobody has looked at a change that brings no new pods, a rollout is as stuck as it was. */
const isStuck = ({ deployment, subject, outcome }: Situation): boolean =>
  deployment?.rollout === 'timed-out' ||
  (deployment?.rollout === 'unobserved' &&
    previousCondition(subject, 'Degraded')?.reason === TIMED_OUT &&
    !hasNewPods(outcome))

/** Gateways and ingress controllers are given time: they answer late, and some while what they need is on its way. */
const routeTrouble = (given: Situation): ReadonlyArray<Cause> => {
  const { config, live, now } = given
  const found = [
    ...(config === undefined ? [] : unadmittedRoutes(config, live)),
    ...exposureTrouble(given)
      .filter(({ since }) => hasPassed(since, now))
      .map(({ text }) => text),
  ]
  return found.length === 0 ? [] : [{ reason: 'RouteDegraded', message: found.join(',') }]
}

const exposureTrouble = ({ config, facts, live, state }: Situation): ReadonlyArray<Unadmitted> =>
  config === undefined || state !== 'Managed' ? [] : unadmittedExposures(config, facts, live)

/** The nearest threshold that has not passed. */
const wait = (given: Situation, known: Known): { readonly waitMs?: number } => {
  const { state, failures, now } = given
  const waitsForRegistry = state === 'Managed' && known.available.status !== 'True'
  const waitsForPerson = failures.some(({ degrades }) => degrades === 'when-it-lasts')
  const waits = [
    ...(waitsForRegistry ? [missingSince(given, known)] : []),
    ...(waitsForPerson ? [atItSince(given, known)] : []),
    ...exposureTrouble(given).flatMap(({ since }) => (since === '' ? [] : [since])),
  ]
    .filter((since) => !hasPassed(since, now))
    .map((since) => REGISTRY_PATIENCE_MS - elapsedMs(since, now) + ONE_SECOND_MS)
  return waits.length === 0 ? {} : { waitMs: Math.min(...waits) }
}
