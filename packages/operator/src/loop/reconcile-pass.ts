import { wasNotLeading, type ObserveError } from '@image-registry-operator/apply'
import { events } from '@image-registry-operator/render'
import type { LogLevel } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'
import type { TaskEither } from 'fp-ts/TaskEither'

import type { Pass } from '../pipeline/pass'
import type { EventRecorder } from '../telemetry/event-recorder'
import type { LogEvent } from '../telemetry/log-event'
import type { Log } from '../telemetry/logger'
import type { Metrics, PassResult } from '../telemetry/metrics'
import { isReconfigured, prunerState, storageType, writtenConfig } from './pass-metrics'
import { driftCorrections, passEvents, unreadableEvent } from './pass-report'
import type { PassVerdict } from './run-loop'
import { failuresOf, verdictOf } from './verdict'

export type ReconcilePassDeps = {
  /** One pass; it is told what went wrong before it. */
  readonly reconcile: (before: FailedBefore) => TaskEither<ObserveError, Pass>
  readonly log: Log
  readonly setLogLevel: (level: LogLevel) => IO<void>
  readonly record: EventRecorder
  readonly metrics: Metrics
  readonly wallMs: IO<number>
  readonly monotonicMs: IO<number>
}

/** What went wrong before a pass, and how long there have been any. */
export type FailedBefore = {
  /** How many passes in a row had a failure. */
  readonly passes: number
  readonly failingSince: Pass['failingSince']
  /** When the first of all passes began. */
  readonly watchingSinceMs: number
}

const resultOf = (pass: Pass): PassResult => {
  if (failuresOf(pass).length > 0) return 'failed'
  return pass.outcome.length > 0 || pass.written.length > 0 ? 'changed' : 'unchanged'
}

/** What lasts from pass to pass; it is logged when it begins, and not with every pass. */
const isLasting = ({ _tag }: LogEvent): boolean =>
  _tag === 'WriteFailed' ||
  _tag === 'StatusFailed' ||
  _tag === 'UnreadableObject' ||
  _tag === 'FirstConfigWithheld'

const changeLog = (log: Log): ((events: ReadonlyArray<LogEvent>) => void) => {
  let lasting = new Set<string>()
  return (events) => {
    events.filter((event) => !lasting.has(JSON.stringify(event))).forEach((event) => log(event)())
    lasting = new Set(events.filter(isLasting).map((event) => JSON.stringify(event)))
  }
}

type LevelChange = { readonly before: LogLevel; readonly after: LogLevel }

/** Logs as much as the Config asks for; tells of a change, but not of the level that is found first. */
const levelFollower = ({
  log,
  setLogLevel,
}: ReconcilePassDeps): ((pass: Pass) => LevelChange | undefined) => {
  let known: LogLevel | undefined
  return ({ observation: { config } }) => {
    const before = known
    if (E.isLeft(config) || config.right.operatorLogLevel === before) return undefined
    const after = config.right.operatorLogLevel
    known = after
    setLogLevel(after)()
    if (before === undefined) return undefined
    log({ _tag: 'LogLevelChanged', before, after })()
    return { before, after }
  }
}

const count = (metrics: Metrics, pass: Pass): void => {
  driftCorrections(pass).forEach((kind) => metrics.driftCorrected(kind)())
  pass.held
    .filter(({ beginsToWait }) => beginsToWait)
    .forEach(({ ref }) => metrics.correctionContested(ref.kind)())
  const type = storageType(pass.observation)
  if (type !== undefined) metrics.storageTypeIs(type)()
  if (isReconfigured(pass)) metrics.storageReconfigured()
  metrics.prunerIs(prunerState(pass.observation))()
  metrics.imageStreamTagsAre(pass.observation.facts.imageStreamTags)()
  metrics.conditionsAre(pass.conditions)()
}

/** What could not be sent, because this process does not lead any more, is no failure to tell people of. */
const sent = ({ outcome }: Pass): Pass['outcome'] =>
  outcome.filter(({ result }) => E.isRight(result) || !wasNotLeading(result.left))

/**
 * A pass that logs, counts and tells what it did.
 *
 * A cluster that has not been read yet is no failure: the watches report what keeps them, and the change
 * that ends it starts the next pass.
 */
export const reconcilePass = (deps: ReconcilePassDeps): Task<PassVerdict> => {
  const { log, metrics, wallMs, monotonicMs } = deps
  const logChanges = changeLog(log)
  const followLevel = levelFollower(deps)
  let before: FailedBefore | undefined

  const tell = (pass: Pass, logLevel: LevelChange | undefined): void => {
    const written = writtenConfig(pass)
    const told = events({
      observation: pass.observation,
      outcome: sent(pass),
      ...(written === undefined ? {} : { written }),
      ...(logLevel === undefined ? {} : { logLevel }),
    })
    deps.record(told)()
  }
  const report = (known: FailedBefore, pass: Pass, tookMs: number): void => {
    const result = resultOf(pass)
    before = {
      ...known,
      passes: result === 'failed' ? known.passes + 1 : 0,
      failingSince: pass.failingSince,
    }
    const logLevel = followLevel(pass)
    logChanges([...passEvents(pass), ...pass.observation.unreadable.map(unreadableEvent)])
    const writes = pass.outcome.length + pass.written.length
    log({ _tag: 'PassEnded', result, tookMs: Math.round(tookMs), writes })()
    tell(pass, logLevel)
    count(metrics, pass)
    metrics.passEnded(result, tookMs, wallMs())()
  }
  return async () => {
    const startedAt = monotonicMs()
    const known = before ?? { passes: 0, failingSince: {}, watchingSinceMs: wallMs() }
    before = known
    const result = await deps.reconcile(known)()
    if (E.isLeft(result)) return {}
    report(known, result.right, monotonicMs() - startedAt)
    return verdictOf(result.right)
  }
}
