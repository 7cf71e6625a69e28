import * as N from 'fp-ts/number'
import * as Ord from 'fp-ts/Ord'
import { pipe } from 'fp-ts/function'
import * as RA from 'fp-ts/ReadonlyArray'
import * as S from 'fp-ts/string'

import { isCleanUp, isCollecting } from '../../fields/clean-up-job'
import {
  COLLECTION_DEFAULTS,
  type CollectingJob,
  type DryRun,
  type Garbage,
  groupOf,
  isJsonObject,
  type JsonObject,
  type KubeObject,
  names,
  objectsOf,
  type PruningFacts,
  textOf,
} from '../../model'

import { ofKind } from '../readings'

/** What a Job's log says was seen by its uid. */
type Seen = ReadonlyMap<string, Garbage>

const member = (object: KubeObject, name: string): JsonObject => {
  const value = object[name]
  return isJsonObject(value) ? value : {}
}

const count = (value: unknown): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : 0

const garbageOf = ({ blobs, manifests }: JsonObject): Garbage => ({
  blobs: count(blobs),
  manifests: count(manifests),
})

/** An object without counts says that the log could not be understood. */
const seenIn = (objects: ReadonlyArray<KubeObject>): Seen =>
  new Map(
    ofKind(objects, groupOf(names.SEEN_API_VERSION), 'Collection')
      .filter((object) => member(object, 'status')['blobs'] !== undefined)
      .map((object) => [object.metadata.name, garbageOf(member(object, 'status'))]),
  )

const holding = (job: KubeObject, type: string): JsonObject | undefined =>
  objectsOf(member(job, 'status')['conditions']).find(
    (condition) => condition['type'] === type && condition['status'] === 'True',
  )

const endOf = (job: KubeObject): string => {
  const end = holding(job, 'Complete') ?? holding(job, 'Failed')
  return textOf(end?.['lastTransitionTime'])
}

const madeAt = ({ metadata }: KubeObject): string => textOf(metadata['creationTimestamp'])

/** Names decide between Jobs of the same second. */
const byAge: Ord.Ord<KubeObject> = Ord.getMonoid<KubeObject>().concat(
  pipe(
    N.Ord,
    Ord.contramap((job: KubeObject) => Date.parse(madeAt(job)) || 0),
  ),
  pipe(
    S.Ord,
    Ord.contramap(({ metadata }: KubeObject) => metadata.name),
  ),
)

const newestFirst = RA.sort(Ord.reverse(byAge))

const dryRunOf =
  (seen: Seen) =>
  (job: KubeObject): DryRun => {
    const { name, uid = '', annotations = {} } = job.metadata
    const found = seen.get(uid)
    return {
      name,
      uid,
      endedAt: endOf(job),
      countedUntagged: annotations[names.DELETE_UNTAGGED_ANNOTATION] === 'true',
      ...(found === undefined ? {} : { found }),
    }
  }

const stateOf = (job: KubeObject): CollectingJob['state'] => {
  if (holding(job, 'Complete') !== undefined) return 'succeeded'
  return holding(job, 'Failed') === undefined ? 'unfinished' : 'failed'
}

const collectingJobOf =
  (seen: Seen) =>
  (job: KubeObject): CollectingJob => {
    const freed = seen.get(job.metadata.uid ?? '')
    const deadline = count(member(job, 'spec')['activeDeadlineSeconds'])
    return {
      name: job.metadata.name,
      uid: job.metadata.uid ?? '',
      state: stateOf(job),
      madeAt: madeAt(job),
      endedAt: endOf(job),
      deadlineSeconds: deadline === 0 ? COLLECTION_DEFAULTS.windowSeconds : deadline,
      ...(freed === undefined ? {} : { freed }),
      message: textOf(holding(job, 'Failed')?.['message']),
    }
  }

const isInOurNamespace = ({ metadata }: KubeObject): boolean =>
  metadata.namespace === names.REGISTRY_NAMESPACE

/** How the clean-up of plain Kubernetes stands. */
export const pruningFacts = (objects: ReadonlyArray<KubeObject>): PruningFacts => {
  const seen = seenIn(objects)
  const jobs = newestFirst(ofKind(objects, 'batch', 'Job'))
  const dryRun = jobs.filter(isCleanUp).find((job) => stateOf(job) === 'succeeded')
  return {
    hasCronJob: ofKind(objects, 'batch', 'CronJob').some(
      (one) => isInOurNamespace(one) && one.metadata.name === names.PRUNER_NAME,
    ),
    ...(dryRun === undefined ? {} : { dryRun: dryRunOf(seen)(dryRun) }),
    collecting: jobs.filter(isCollecting).map(collectingJobOf(seen)),
  }
}
