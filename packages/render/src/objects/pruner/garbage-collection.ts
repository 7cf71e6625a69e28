import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import {
  type ClusterFacts,
  COLLECTION_DEFAULTS,
  type Config,
  isDistributionSince,
  names,
  objectRef,
  type Pruner,
  PRUNER_DEFAULTS,
  type PrunerRefusal,
  registryBuild,
  type RenderProblem,
  type Wishes,
} from '../../model'
import { storageNeeds } from '../deployment/pod-needs'
import { converging, createdOnce, type Rendered, withheld } from '../rendered'
import { collectingJob } from './collecting-job'
import type { CollectorSettings } from './collector-pod'
import { dryRunCronJob } from './dry-run-cron-job'
import { keptJobs, wantedJob } from './wanted-jobs'

const CRON_JOB = objectRef('batch/v1', 'CronJob', names.PRUNER_NAME, names.REGISTRY_NAMESPACE)

const jobRef = (name: string) => objectRef('batch/v1', 'Job', name, names.REGISTRY_NAMESPACE)

/**
 * The regular clean-up of the registry's storage on plain Kubernetes: dry runs on a schedule, and for each that has found
 * something one Job that deletes it while the registry takes no pushes.
 */
export const garbageCollection = (wishes: Wishes, facts: ClusterFacts): ReadonlyArray<Rendered> =>
  E.isLeft(wishes.config) ? [] : ofConfig(wishes.config.right, wishes.pruner, facts)

const ofConfig = (
  config: Config,
  wish: Wishes['pruner'],
  facts: ClusterFacts,
): ReadonlyArray<Rendered> => {
  const isRefused = E.isLeft(wish)
  if (isRefused && facts.pruning?.hasCronJob !== true && wish.left._tag === 'NoPruner') return []
  const pruner = suspendedIf(config.managementState === 'Removed', wantedPruner(wish))
  return pipe(
    settingsOf(config, pruner, facts),
    E.match(
      (problem) => refused(problem, pruner, facts),
      (settings) => [
        ...(isRefused ? broken(wish.left, settings) : [converging(dryRunCronJob(settings))]),
        ...jobs(settings),
      ],
    ),
  )
}

/** Who deletes the ImagePruner wants no clean-up any more: nothing runs, and what ran stays. */
const wantedPruner = (wish: Wishes['pruner']): Pruner =>
  E.isRight(wish) ? wish.right : { ...PRUNER_DEFAULTS, suspend: true }

const suspendedIf = (condition: boolean, pruner: Pruner): Pruner =>
  condition ? { ...pruner, suspend: true } : pruner

/** While the ImagePruner cannot be used, the CronJob stays as it is. */
const broken = (refusal: PrunerRefusal, settings: CollectorSettings): ReadonlyArray<Rendered> =>
  refusal._tag === 'NoPruner'
    ? [converging(dryRunCronJob(settings))]
    : [withheld(CRON_JOB, { _tag: 'PrunerUnusable', problems: refusal.problems })]

const settingsOf = (
  config: Config,
  pruner: Pruner,
  facts: ClusterFacts,
): E.Either<RenderProblem, CollectorSettings> =>
  pipe(
    uncollectable(config, pruner, facts),
    E.flatMap(() => storageNeeds(config, facts)),
    E.map((needs) => ({ config, pruner, facts, needs })),
  )

/** Registries before 3.0 take every part of an image for several architectures for untagged. */
const uncollectable = (
  { storage }: Config,
  { collection = COLLECTION_DEFAULTS }: Pruner,
  facts: ClusterFacts,
): E.Either<RenderProblem, undefined> => {
  const build = registryBuild(facts)
  const because = (reason: 'storage' | 'registry' | 'untagged') =>
    E.left<RenderProblem>({ _tag: 'GarbageNotCollectable', because: reason, build })
  if (build._tag === 'OpenShift') return because('registry')
  if (storage._tag === 'EmptyDir') return because('storage')
  return collection.deleteUntagged && !isDistributionSince(build, [3, 0])
    ? because('untagged')
    : E.right(undefined)
}

/** Who has suspended it need not hear why it would not work; what is there of it stays. */
const refused = (
  problem: RenderProblem,
  pruner: Pruner,
  { pruning }: ClusterFacts,
): ReadonlyArray<Rendered> => [
  ...(pruner.suspend && pruning?.hasCronJob !== true ? [] : [withheld(CRON_JOB, problem)]),
  ...(pruning?.collecting ?? []).map(({ name }) => withheld(jobRef(name), problem)),
]

const jobs = (settings: CollectorSettings): ReadonlyArray<Rendered> => {
  const { config, pruner, facts } = settings
  if (config.managementState !== 'Managed') return []
  const made = wantedJob(pruner, facts)
  return [
    ...keptJobs(pruner, facts).map((name) => createdOnce(collectingJob(settings, name, false))),
    ...(made === undefined ? [] : [newJob(settings, made)]),
  ]
}

type WantedJob = NonNullable<ReturnType<typeof wantedJob>>

const newJob = (settings: CollectorSettings, { name, deleteUntagged }: WantedJob): Rendered =>
  settings.facts.release.operatorImage === ''
    ? withheld(jobRef(name), {
        _tag: 'GarbageNotCollectable',
        because: 'operator-image',
        build: registryBuild(settings.facts),
      })
    : createdOnce(collectingJob(settings, name, deleteUntagged))
