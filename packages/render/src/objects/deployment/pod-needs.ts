import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'

import type { ClusterFacts, Config, RenderProblem } from '../../model'
import { accessProblem } from '../access/access-problem'
import { claimProblem } from '../storage/claim-problem'
import type { Contribution } from '../storage/contribution'
import type { PodNeeds } from './pod-template'
import { awaitedCertificate } from '../certificates/serving-certificate'
import { storagePending, untilMachineIsRead } from '../storage/storage-pending'
import { storageContribution } from '../storage/storage-contribution'

/** What the registry's pods need, unless they have to wait for it. What only a person can cure is told before what is on its way. */
export const podNeeds = (config: Config, facts: ClusterFacts): E.Either<RenderProblem, PodNeeds> =>
  pipe(
    E.Do,
    E.tap(() => unless(claimProblem(config, facts))),
    E.tap(() => unless(accessProblem(config, facts))),
    E.bindW('storage', () => contribution(config, facts)),
    E.tap(() => unless(storagePending(config, facts))),
    E.tap(() => unless(awaitedCertificate(config, facts))),
    E.bindW('fsGroup', () => facts.fsGroup),
  )

/** What a pod needs that works on the registry's storage when the registry is there. */
export const storageNeeds = (
  config: Config,
  facts: ClusterFacts,
): E.Either<RenderProblem, PodNeeds> =>
  pipe(
    E.Do,
    E.tap(() => unless(claimProblem(config, facts))),
    E.bindW('storage', () => contribution(config, facts)),
    E.bindW('fsGroup', () => facts.fsGroup),
  )

/** What the storage gives to the pods; what it has not given yet is no news before it has been seen, and its name none before the platform is known. */
export const contribution = (
  config: Config,
  facts: ClusterFacts,
): E.Either<RenderProblem, Contribution> =>
  pipe(
    storageContribution(config, facts),
    E.mapLeft((problem) =>
      problem._tag === 'StorageAwaited'
        ? pipe(
            storagePending(config, facts),
            O.getOrElse((): RenderProblem => problem),
          )
        : untilMachineIsRead(facts)(problem),
    ),
  )

const unless = O.match<RenderProblem, E.Either<RenderProblem, unknown>>(
  () => E.right(undefined),
  (problem) => E.left(problem),
)
