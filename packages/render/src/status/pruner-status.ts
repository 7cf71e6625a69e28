import * as E from 'fp-ts/Either'

import {
  isJsonObject,
  keyOf,
  type KubeObject,
  names,
  objectRef,
  type Observation,
  type PrunerConditionType,
  type StatusPatch,
} from '../model'
import { failingSinceAfter } from './failing-since'
import { failures, ofPart } from './failure'
import { garbageCondition } from './garbage-condition'
import { liveAfter } from './live-after'
import { partTrouble, type Trouble } from './part-trouble'
import { prunerConditions } from './pruner-conditions'
import { prunerLastRun } from './pruner-last-run'
import type { StatusInput } from './situation'
import { statusPatch } from './status-patch'
import { previousCondition, timed, type TimedCondition } from './timed-condition'

/** What the ImagePruner says about the clean-up. */
export type PrunerStatus = {
  readonly conditions: ReadonlyArray<TimedCondition<PrunerConditionType>>
  /** How its status is written; absent when nothing has to be. */
  readonly patch?: StatusPatch
  /** When a threshold will have passed if nothing changes, in ms; absent when none is near. */
  readonly waitMs?: number
}

const SUBJECT = keyOf(objectRef(names.CONFIG_API_VERSION, 'ImagePruner', names.SINGLETON_NAME))

const CRON_JOB = keyOf(
  objectRef('batch/v1', 'CronJob', names.PRUNER_NAME, names.REGISTRY_NAMESPACE),
)

/**
 * How the clean-up of images fares after the actions of a pass. Nothing without an ImagePruner, unless something
 * is wrong: then it has conditions, for the cluster to be told, but nowhere to write them.
 */
export const prunerStatus = (input: StatusInput): PrunerStatus => {
  const live = liveAfter(input.observation.live, input.outcome)
  const subject = live.get(SUBJECT)
  const { text: trouble, ...wait } = troubleOf(input, subject)
  if (subject === undefined && trouble === '') return { conditions: [], ...wait }
  const cronJob = live.get(CRON_JOB)
  const conditions = [
    ...prunerConditions({
      isThere: cronJob !== undefined,
      isSuspended: isSuspended(input.observation.pruner, cronJob),
      lastRun: prunerLastRun(live, cronJob),
      trouble,
    }),
    ...garbageCondition(input.observation.facts),
  ].map((condition) => timed(condition, previousCondition(subject, condition.type), input.now))
  return { conditions, ...patchOf(subject, conditions), ...wait }
}

const troubleOf = (input: StatusInput, subject: KubeObject | undefined): Trouble => {
  const found = ofPart(failures(input.withheld, input.outcome), 'pruner')
  const since = failingSinceAfter(input.failingSince ?? {}, found, input.now)
  return partTrouble(found, {
    since: since.pruner ?? input.now,
    now: input.now,
    isTold: previousCondition(subject, 'Degraded')?.reason === 'SyncError',
  })
}

/** While the ImagePruner cannot be used, the CronJob stays as it is. */
const isSuspended = (wish: Observation['pruner'], cronJob: KubeObject | undefined): boolean => {
  if (E.isRight(wish)) return wish.right.suspend
  const spec = cronJob?.['spec']
  return isJsonObject(spec) && spec['suspend'] === true
}

/** Its list of conditions is one value to the API server: all of them are written, or none. */
const patchOf = (
  subject: KubeObject | undefined,
  conditions: PrunerStatus['conditions'],
): Pick<PrunerStatus, 'patch'> => {
  if (subject === undefined) return {}
  const { generation } = subject.metadata
  const patch = statusPatch(subject, {
    conditions,
    ...(generation === undefined ? {} : { observedGeneration: generation }),
  })
  return patch === undefined ? {} : { patch }
}
