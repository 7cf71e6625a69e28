import * as E from 'fp-ts/Either'

import { describeApplyError } from '../errors-text/describe-apply-error'
import {
  type ActionOutcome,
  type ApplyError,
  type ApplyObject,
  groupOf,
  names,
  type ObjectRef,
  type Outcome,
} from '../model'
import { type ClusterEvent, normal, warning } from './cluster-event'
import { isCorrection } from './correction'

/** The original tells of these and no others. */
const TOLD_KINDS: ReadonlyArray<string> = ['Deployment', 'DaemonSet', 'NetworkPolicy']

/** What was made, put back or moved to another release, and what of that could not be written. */
export const writeEvents = (outcome: Outcome): ReadonlyArray<ClusterEvent> =>
  outcome.flatMap(writeEvent)

const writeEvent = ({ action, result }: ActionOutcome): ReadonlyArray<ClusterEvent> => {
  if (action._tag !== 'ApplyObject' || !TOLD_KINDS.includes(action.ref.kind)) return []
  if (E.isLeft(result)) return failureEvent(action, result.left)
  const { ref, change } = action
  if (change === 'create') {
    return [normal(`${ref.kind}Created`, `Created ${show(ref)} because it was missing`)]
  }
  return isCorrection(action) || isForRelease(action)
    ? [normal(`${ref.kind}Updated`, `Updated ${show(ref)} because it changed`)]
    : []
}

const failureEvent = (
  { ref, change }: ApplyObject,
  error: ApplyError,
): ReadonlyArray<ClusterEvent> =>
  passesByItself(error)
    ? []
    : [
        {
          ...warning(
            `${ref.kind}${change === 'create' ? 'Create' : 'Update'}Failed`,
            `Failed to ${change} ${show(ref)}: ${describeApplyError(error)}`,
          ),
          lasting: true,
        },
      ]

/** Nothing that anybody has to know of, or nothing that an Event could be written through. */
const passesByItself = ({ _tag: tag }: ApplyError): boolean =>
  tag === 'Conflict' || tag === 'SourceChanged' || tag === 'Throttled' || tag === 'Unreachable'

const IMAGE = /containers\[name=[^\]]+\]\.image$/

/** Images and versions come with a release of the operator, never from the Config. */
const isForRelease = ({ before, desired, changes }: ApplyObject): boolean =>
  versionOf(before) !== versionOf(desired.object) || changes.some(({ path }) => IMAGE.test(path))

const versionOf = (object: ApplyObject['before']): string | undefined =>
  object?.metadata.annotations?.[names.VERSION_ANNOTATION]

const show = ({ apiVersion, kind, namespace, name }: ObjectRef): string =>
  `${kind}.${groupOf(apiVersion)}/${name}${namespace === undefined ? '' : ` -n ${namespace}`}`
