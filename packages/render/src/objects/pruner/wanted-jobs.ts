import {
  type ClusterFacts,
  type CollectingJob,
  type DryRun,
  names,
  type Pruner,
  type PruningFacts,
} from '../../model'

/** What a dry run has found is deleted soon, or not at all: people have chosen the hour of the day. */
const FRESH_MS = 3_600_000

const NOTHING: PruningFacts = { hasCronJob: false, collecting: [] }

const jobNameOf = ({ uid }: DryRun): string =>
  `${names.COLLECTING_JOB_PREFIX}${uid.slice(0, names.COLLECTING_UID_LENGTH)}`

const isFresh = ({ endedAt }: DryRun, now: string | undefined): boolean => {
  const ageMs = Date.parse(now ?? '') - Date.parse(endedAt)
  return Number.isNaN(ageMs) || ageMs < FRESH_MS
}

const hasFound = ({ found = { blobs: 0, manifests: 0 } }: DryRun): boolean =>
  found.blobs > 0 || found.manifests > 0

/** The Job that has to be made: for a dry run that has just found something, and one after the other. */
export const wantedJob = (
  { suspend }: Pruner,
  { pruning: { dryRun, collecting } = NOTHING, now }: Pick<ClusterFacts, 'pruning' | 'now'>,
): { readonly name: string; readonly deleteUntagged: boolean } | undefined => {
  if (suspend || dryRun === undefined || dryRun.uid === '') return undefined
  const name = jobNameOf(dryRun)
  const isBusy = collecting.some((job) => job.state === 'unfinished' || job.name === name)
  return isBusy || !hasFound(dryRun) || !isFresh(dryRun, now)
    ? undefined
    : { name, deleteUntagged: dryRun.countedUntagged }
}

const newest = (
  jobs: ReadonlyArray<CollectingJob>,
  state: CollectingJob['state'],
  limit: number,
): ReadonlyArray<CollectingJob> => jobs.filter((job) => job.state === state).slice(0, limit)

/**
 * The names of the Jobs that stay: those that run, as many of the others as the history may hold, and the one of the newest
 * dry run. Without it that would be deleted once more.
 */
export const keptJobs = (
  pruner: Pruner,
  { pruning: { dryRun, collecting } = NOTHING }: Pick<ClusterFacts, 'pruning'>,
): ReadonlyArray<string> => {
  const kept = new Set([
    ...collecting.filter(({ state }) => state === 'unfinished'),
    ...newest(collecting, 'succeeded', pruner.successfulJobsHistoryLimit),
    ...newest(collecting, 'failed', pruner.failedJobsHistoryLimit),
    ...collecting.filter(({ name }) => dryRun !== undefined && name === jobNameOf(dryRun)),
  ])
  return collecting.filter((job) => kept.has(job)).map(({ name }) => name)
}
