import { wasNotLeading } from '@image-registry-operator/apply'
import {
  describeAction,
  describeApplyError,
  describeRenderProblem,
  isCorrection,
} from '@image-registry-operator/render'
import {
  isJsonObject,
  objectsOf,
  showRef,
  type Action,
  type ActionOutcome,
  type ApplyError,
  type Condition,
  type JsonObject,
  type KubeObject,
  type RenderProblem,
  type UnreadableObject,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'

import type { Pass } from '../pipeline/pass'
import type { LogEvent } from '../telemetry/log-event'

const doneEvent = (action: Action): LogEvent => {
  const object = showRef(action.ref)
  switch (action._tag) {
    case 'ApplyObject':
    case 'PatchObject':
      return {
        _tag: 'ObjectApplied',
        object,
        change: action._tag === 'PatchObject' ? 'update' : action.change,
        // The values stay out of the log: it is read by more people than the cluster.
        fields: action.changes.map(({ path, why }) => ({ path, why })),
      }
    case 'DeleteObject':
      return { _tag: 'ObjectDeleted', object, because: action.because }
    case 'ReleaseObject':
      return { _tag: 'ObjectReleased', object }
    case 'EnsureStorage':
    case 'RemoveStorage':
      return { _tag: 'StorageWorkBegun', description: describeAction(action) }
  }
}

const failedEvent = (error: ApplyError): LogEvent =>
  wasNotLeading(error)
    ? { _tag: 'WriteSkipped', object: showRef(error.ref) }
    : { _tag: 'WriteFailed', object: showRef(error.ref), error: describeApplyError(error) }

const actionEvent = ({ action, result }: ActionOutcome): LogEvent =>
  E.isLeft(result) ? failedEvent(result.left) : doneEvent(action)

const statusFailedEvent = (error: ApplyError): LogEvent =>
  wasNotLeading(error)
    ? failedEvent(error)
    : { _tag: 'StatusFailed', error: describeApplyError(error) }

const oldConditions = (subject: KubeObject | undefined): ReadonlyArray<JsonObject> => {
  const status = subject?.['status']
  return isJsonObject(status) ? objectsOf(status['conditions']) : []
}

const differs =
  (before: ReadonlyArray<JsonObject>) =>
  ({ type, status, reason, message }: Condition): boolean =>
    !before.some(
      (old) =>
        old['type'] === type &&
        old['status'] === status &&
        (old['reason'] ?? '') === reason &&
        (old['message'] ?? '') === message,
    )

const conditionEvent = ({ type, status, reason, message }: Condition): LogEvent => ({
  _tag: 'ConditionChanged',
  type,
  status,
  reason,
  text: message,
})

/** Once per dispute, when a correction waits for the first time. */
const contestEvents = ({ held }: Pass): ReadonlyArray<LogEvent> =>
  held
    .filter(({ isNews }) => isNews)
    .map(({ ref, changes }) => ({
      _tag: 'CorrectionContested',
      object: showRef(ref),
      fields: changes.map(({ path }) => path),
      heldBy: [...new Set(changes.flatMap(({ heldBy = [] }) => heldBy))],
    }))

const statusEvents = ({ written, conditions, observation }: Pass): ReadonlyArray<LogEvent> => {
  const failed = written.flatMap((result) =>
    E.isLeft(result) ? [statusFailedEvent(result.left)] : [],
  )
  const isWritten = written.some((result) => E.isRight(result) && result.right.kind === 'Config')
  return [
    ...failed,
    ...(isWritten
      ? conditions.filter(differs(oldConditions(observation.subject))).map(conditionEvent)
      : []),
  ]
}

/** A problem that is gone with the next answer is none to log. */
const isWorthTelling = (problem: RenderProblem): boolean =>
  problem._tag !== 'MachineUnread' || problem.problem !== undefined

/** OpenShift is told in the ClusterOperator; elsewhere there is nothing but the log to say it in. */
const firstConfigEvents = ({ withheld = [], observation }: Pass): ReadonlyArray<LogEvent> =>
  observation.facts.platform === 'OpenShift'
    ? []
    : withheld
        .filter(({ ref, problem }) => ref.kind === 'Config' && isWorthTelling(problem))
        .map(({ problem }) => ({
          _tag: 'FirstConfigWithheld',
          problem: describeRenderProblem(problem),
        }))

/** What is to be logged of a pass: nothing when it changed nothing. */
export const passEvents = (pass: Pass): ReadonlyArray<LogEvent> => [
  ...pass.outcome.map(actionEvent),
  ...contestEvents(pass),
  ...firstConfigEvents(pass),
  ...statusEvents(pass),
]

/** What is to be logged of an object of somebody else, once. */
export const unreadableEvent = ({ ref, problems }: UnreadableObject): LogEvent => ({
  _tag: 'UnreadableObject',
  object: ref === undefined ? '' : showRef(ref),
  problems: problems.map(({ path, message }) => `${path}: ${message}`).join('; '),
})

/** Kinds of the objects that were put back. */
export const driftCorrections = ({ outcome }: Pass): ReadonlyArray<string> =>
  outcome.flatMap(({ action, result }) =>
    E.isRight(result) && action._tag === 'ApplyObject' && isCorrection(action)
      ? [action.ref.kind]
      : [],
  )
