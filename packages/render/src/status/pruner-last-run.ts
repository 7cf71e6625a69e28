import * as N from 'fp-ts/number'
import * as Ord from 'fp-ts/Ord'
import { pipe } from 'fp-ts/function'
import * as RA from 'fp-ts/ReadonlyArray'
import * as S from 'fp-ts/string'

import { isCleanUp, isCollecting } from '../fields/clean-up-job'
import {
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
  type LiveObjects,
  objectsOf,
  textOf,
} from '../model'

/** How the clean-up ended the last time that it ended. */
export type LastRun =
  | { readonly _tag: 'Never' }
  | { readonly _tag: 'Succeeded' }
  | { readonly _tag: 'Failed'; readonly reason: string; readonly message: string }

type EndedJob = { readonly name: string; readonly madeAt: number; readonly failure?: JsonObject }

/**
 * How the last clean-up went that ended, whatever is running now. A success makes good what failed before it, even
 * when its Job has been deleted: the CronJob remembers the time.
 */
export const prunerLastRun = (live: LiveObjects, cronJob: KubeObject | undefined): LastRun => {
  const job = newest([...live.values()].filter(isRun).flatMap(endedJob))
  const succeededAt = Date.parse(textOf(memberOf(cronJob?.['status'], 'lastSuccessfulTime')))
  if (job?.failure !== undefined && !(succeededAt >= job.madeAt)) {
    const { reason, message } = job.failure
    return { _tag: 'Failed', reason: textOf(reason), message: textOf(message) }
  }
  return job === undefined && Number.isNaN(succeededAt) ? { _tag: 'Never' } : { _tag: 'Succeeded' }
}

const isRun = (object: KubeObject): boolean => isCleanUp(object) || isCollecting(object)

const memberOf = (value: Json | undefined, name: string): Json | undefined =>
  isJsonObject(value) ? value[name] : undefined

const endedJob = ({ metadata, status }: KubeObject): ReadonlyArray<EndedJob> => {
  const holding = objectsOf(memberOf(status, 'conditions')).filter(
    (condition) => condition['status'] === 'True',
  )
  const failure = holding.find(({ type }) => type === 'Failed')
  const madeAt = Date.parse(textOf(metadata['creationTimestamp'])) || 0
  return failure !== undefined || holding.some(({ type }) => type === 'Complete')
    ? [{ name: metadata.name, madeAt, ...(failure === undefined ? {} : { failure }) }]
    : []
}

/** Names decide between Jobs of the same second. */
const byAge: Ord.Ord<EndedJob> = Ord.getMonoid<EndedJob>().concat(
  pipe(
    N.Ord,
    Ord.contramap(({ madeAt }: EndedJob) => madeAt),
  ),
  pipe(
    S.Ord,
    Ord.contramap(({ name }: EndedJob) => name),
  ),
)

const newest = (jobs: ReadonlyArray<EndedJob>): EndedJob | undefined => RA.sort(byAge)(jobs).at(-1)
