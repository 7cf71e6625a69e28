import type { RequestFailure } from '../client/kube-client'
import { showFailure } from '../client/kube-error'
import { backoffMs } from './backoff'
import type { Active, Position, ReflectorEnvironment, ReflectorStep } from './reflector-model'

/** A watch that lived that long did well. */
const HEALTHY_MS = 30_000
/** So many failures in a row: what we resume from may be what is wrong (an event that nobody can read, an etcd that was restored). */
const FAILURES_BEFORE_RELIST = 5

type Retry = {
  readonly next: Position
  readonly failures: number
  readonly message: string
  readonly atLeastMs?: number
}

/** Waits, then goes on; from the start after too many failures. */
export const retried = (
  { random }: ReflectorEnvironment,
  { next, failures, message, atLeastMs = 0 }: Retry,
): ReflectorStep => ({
  state: {
    _tag: 'Waiting',
    next: failures >= FAILURES_BEFORE_RELIST ? { _tag: 'Start' } : next,
    failures,
  },
  commands: [
    { _tag: 'ReportProblem', message },
    { _tag: 'Wait', ms: Math.max(backoffMs(failures, random), atLeastMs * (1 + random / 5)) },
  ],
})

/** Not served: no request until told otherwise. */
const absent: ReflectorStep = {
  state: { _tag: 'Absent' },
  commands: [{ _tag: 'ReportAbsent' }],
}

/** Where a request goes on that takes the place of this one. */
export const positionOf = (state: Active): Position =>
  state._tag === 'Watching'
    ? { _tag: 'Resume', resourceVersion: state.resourceVersion }
    : { _tag: 'Start' }

/** Failures in a row, when this request is one. */
export const failuresAfter = ({ nowMs }: ReflectorEnvironment, state: Active): number => {
  const healthy = state._tag !== 'Listing' && state.opened && nowMs - state.sinceMs >= HEALTHY_MS
  return healthy ? 1 : state.failures + 1
}

const isExpired = (failure: RequestFailure): boolean =>
  failure._tag === 'Refused' && (failure.code === 410 || failure.reason === 'Expired')

const isRefusedStreaming = (state: Active, failure: RequestFailure): boolean =>
  state._tag === 'Streaming' &&
  !state.opened &&
  failure._tag === 'Refused' &&
  (failure.code === 400 || failure.code === 422)

/** What follows from a failure: 404 is absence, 410 a start, all else goes on where it was. */
export const failed = (
  environment: ReflectorEnvironment,
  state: Active,
  failure: RequestFailure,
): ReflectorStep => {
  if (failure._tag === 'Refused' && failure.code === 404) return absent
  const step = retried(environment, {
    next: isExpired(failure) ? { _tag: 'Start' } : positionOf(state),
    failures: failuresAfter(environment, state),
    message: showFailure(failure),
    ...(failure._tag === 'Refused' && failure.retryAfterMs !== undefined
      ? { atLeastMs: failure.retryAfterMs }
      : {}),
  })
  return isRefusedStreaming(state, failure)
    ? { ...step, commands: [{ _tag: 'RefuseStreaming' }, ...step.commands] }
    : step
}

/** The same step, for a watch that still runs. */
export const stopped = (step: ReflectorStep): ReflectorStep => ({
  ...step,
  commands: [{ _tag: 'StopWatch' }, ...step.commands],
})
