import {
  type ClusterFacts,
  type CollectingJob,
  type Condition,
  type ConditionStatus,
  type DryRun,
  type Garbage,
  isCollectionUnderWay,
  names,
  type PrunerConditionType,
} from '../model'

type GarbageCondition = Condition<PrunerConditionType>

type Facts = Pick<ClusterFacts, 'pruning' | 'now'>

const condition = (
  status: ConditionStatus,
  reason: string,
  message: string,
): ReadonlyArray<GarbageCondition> => [{ type: 'GarbageCollected', status, reason, message }]

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

const garbage = ({ blobs, manifests }: Garbage): string =>
  `${counted(blobs, 'blob')} and ${counted(manifests, 'manifest')}`

const when = (time: string): string => (time === '' ? '' : ` at ${time}`)

const found = ({ name, endedAt, found: what }: DryRun): string =>
  `dry run ${name} found ${what === undefined ? 'nothing that can be read' : garbage(what)}${when(endedAt)}`

const freed = ({ name, endedAt, freed: what }: CollectingJob): string =>
  `${name} deleted ${what === undefined ? 'what it found' : garbage(what)}${when(endedAt)}`

const unfinished = (
  dryRun: DryRun,
  { name }: CollectingJob,
  facts: Facts,
): ReadonlyArray<GarbageCondition> =>
  isCollectionUnderWay(facts)
    ? condition(
        'False',
        'Collecting',
        `${found(dryRun)}; ${name} deletes it, and the registry takes no pushes until it ends`,
      )
    : condition(
        'False',
        'CollectionOverdue',
        `${found(dryRun)}; ${name} has not ended although its time is up, and the registry takes pushes again: see whether the cluster's controller of Jobs runs, and delete the Job`,
      )

const ofJob = (
  dryRun: DryRun,
  job: CollectingJob,
  facts: Facts,
): ReadonlyArray<GarbageCondition> => {
  switch (job.state) {
    case 'unfinished':
      return unfinished(dryRun, job, facts)
    case 'succeeded':
      return condition('True', 'Collected', `${found(dryRun)}; ${freed(job)}`)
    case 'failed':
      return condition(
        'False',
        'CollectionFailed',
        `${found(dryRun)}; ${job.name} failed${when(job.endedAt)}: ${job.message}`,
      )
  }
}

const isFor =
  ({ uid }: DryRun) =>
  ({ name }: CollectingJob): boolean =>
    name === `${names.COLLECTING_JOB_PREFIX}${uid.slice(0, names.COLLECTING_UID_LENGTH)}`

/** What the last dry run has found, and what became of it; nothing where nobody collects garbage. */
export const garbageCondition = (facts: Facts): ReadonlyArray<GarbageCondition> => {
  if (facts.pruning === undefined) return []
  const { dryRun, collecting } = facts.pruning
  const running = collecting.find(({ state }) => state === 'unfinished')
  if (dryRun === undefined) return condition('Unknown', 'NoDryRun', 'No dry run has completed yet')
  const job = running ?? collecting.find(isFor(dryRun))
  if (job !== undefined) return ofJob(dryRun, job, facts)
  if (dryRun.found === undefined) return condition('Unknown', 'NotRead', found(dryRun))
  return dryRun.found.blobs + dryRun.found.manifests === 0
    ? condition('True', 'NothingFound', found(dryRun))
    : condition('False', 'GarbageFound', found(dryRun))
}
