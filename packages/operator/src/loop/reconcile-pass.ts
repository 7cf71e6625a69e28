import type { ObserveError } from '@image-registry-operator/apply'
import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'
import type { TaskEither } from 'fp-ts/TaskEither'

import type { Pass } from '../pipeline/pass'
import type { LogEvent } from '../telemetry/log-event'
import type { Log } from '../telemetry/logger'
import type { Metrics, PassResult } from '../telemetry/metrics'
import { driftCorrections, passEvents, unreadableEvent } from './pass-report'
import type { PassVerdict } from './run-loop'
import { failuresOf, verdictOf } from './verdict'

export type ReconcilePassDeps = {
  /** One pass; it is told how many passes in a row before it had a failure. */
  readonly reconcile: (failedBefore: number) => TaskEither<ObserveError, Pass>
  readonly log: Log
  readonly metrics: Metrics
  readonly wallMs: IO<number>
  readonly monotonicMs: IO<number>
}

const resultOf = (pass: Pass): PassResult => {
  if (failuresOf(pass).length > 0) return 'failed'
  return pass.outcome.length > 0 || pass.written !== undefined ? 'changed' : 'unchanged'
}

/** What lasts from pass to pass; it is logged when it begins, and not with every pass. */
const isLasting = ({ _tag }: LogEvent): boolean =>
  _tag === 'WriteFailed' || _tag === 'StatusFailed' || _tag === 'UnreadableObject'

const changeLog = (log: Log): ((events: ReadonlyArray<LogEvent>) => void) => {
  let lasting = new Set<string>()
  return (events) => {
    events.filter((event) => !lasting.has(JSON.stringify(event))).forEach((event) => log(event)())
    lasting = new Set(events.filter(isLasting).map((event) => JSON.stringify(event)))
  }
}

/**
 * A pass that logs and counts what it did.
 *
 * A cluster that has not been read yet is no failure: the watches report what keeps them, and the change
 * that ends it starts the next pass.
 */
export const reconcilePass = (deps: ReconcilePassDeps): Task<PassVerdict> => {
  const { log, metrics, wallMs, monotonicMs } = deps
  const logChanges = changeLog(log)
  let failedBefore = 0
  const report = (pass: Pass, tookMs: number): void => {
    const result = resultOf(pass)
    failedBefore = result === 'failed' ? failedBefore + 1 : 0
    logChanges([...passEvents(pass), ...pass.observation.unreadable.map(unreadableEvent)])
    driftCorrections(pass).forEach((kind) => metrics.driftCorrected(kind)())
    pass.held
      .filter(({ beginsToWait }) => beginsToWait)
      .forEach(({ ref }) => metrics.correctionContested(ref.kind)())
    metrics.conditionsAre(pass.conditions)()
    metrics.passEnded(result, tookMs, wallMs())()
  }
  return async () => {
    const startedAt = monotonicMs()
    const result = await deps.reconcile(failedBefore)()
    if (E.isLeft(result)) return {}
    report(result.right, monotonicMs() - startedAt)
    return verdictOf(result.right)
  }
}
