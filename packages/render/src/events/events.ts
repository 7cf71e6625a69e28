import type { KubeObject, LogLevel, Observation, Outcome } from '../model'
import { type ClusterEvent, normal } from './cluster-event'
import { conditionEvents } from './condition-events'
import { observedConfigEvents } from './observed-config-events'
import { writeEvents } from './write-events'

/** What is known at the end of a pass. */
export type EventInput = {
  readonly observation: Observation
  readonly outcome: Outcome
  /** The Config as its status was written in this pass; absent when nothing of it was. */
  readonly written?: KubeObject
  /** How much is logged: before this pass and from it on; absent when that stays. */
  readonly logLevel?: { readonly before: LogLevel; readonly after: LogLevel }
}

/**
 * What to tell people about a pass. Quiet on purpose: nothing of what somebody has just asked for in the Config, and
 * nothing of a pass that only repeats.
 */
export const events = (input: EventInput): ReadonlyArray<ClusterEvent> => [
  ...writeEvents(input.outcome),
  ...observedConfigEvents(input.outcome),
  ...logLevelEvent(input),
  ...(input.written === undefined
    ? []
    : conditionEvents(
        { before: input.observation.subject, after: input.written },
        input.observation.facts.storage,
      )),
]

const logLevelEvent = ({ logLevel }: EventInput): ReadonlyArray<ClusterEvent> =>
  logLevel === undefined
    ? []
    : [
        normal(
          'OperatorLogLevelChange',
          `Operator log level changed from "${logLevel.before}" to "${logLevel.after}"`,
        ),
      ]
