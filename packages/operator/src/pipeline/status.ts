import { writeStatus, type PerformDeps } from '@image-registry-operator/apply'
import { status as statusOf, type StatusDecision } from '@image-registry-operator/render'
import type { DesiredState, Observation } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import * as T from 'fp-ts/Task'
import type { TaskEither } from 'fp-ts/TaskEither'

import type { Applied } from './apply'
import { azureStackEndpoints, type KeepEndpoints } from './endpoints-file'
import type { Pass } from './pass'

export type StatusDeps = Pick<PerformDeps, 'client' | 'redact' | 'remember' | 'mayWrite'> & {
  /** The time, as the API writes it: RFC 3339 in UTC, whole seconds. */
  readonly now: IO<string>
  /** How many passes in a row before this one had a failed action. */
  readonly failedBefore: IO<number>
  readonly keepEndpoints: KeepEndpoints
  /** What the pass before this one said. */
  readonly failingSince: IO<StatusDecision['failingSince']>
  /** When this process began to make passes, likewise. */
  readonly watchingSince: IO<string>
}

export type Reported = {
  readonly observation: Observation
  readonly desired: DesiredState
  readonly applied: Applied
}

/** The storage outside of the cluster, or why it cannot be said. */
const storageOf = ({
  storage,
  storageProblem,
}: DesiredState): Pick<DesiredState, 'storage' | 'storageProblem'> => ({
  ...(storage === undefined ? {} : { storage }),
  ...(storageProblem === undefined ? {} : { storageProblem }),
})

/** Keeps the one file that is ours; the status says whether that works. */
const endpointsProblem = (
  { keepEndpoints }: StatusDeps,
  { facts }: Observation,
): T.Task<{ readonly endpointsProblem?: string }> =>
  pipe(
    keepEndpoints(azureStackEndpoints(facts.bundles)),
    T.map((problem) => (problem === undefined ? {} : { endpointsProblem: problem })),
  )

/** Says how it went, in the statuses; nothing is sent of those that say so already. */
export const status =
  ({ observation, desired, applied }: Reported) =>
  (deps: StatusDeps): TaskEither<never, Pass> =>
    pipe(
      endpointsProblem(deps, observation),
      T.map((problem) =>
        statusOf({
          observation,
          withheld: desired.withheld,
          ...storageOf(desired),
          outcome: applied.outcome,
          now: deps.now(),
          failedBefore: deps.failedBefore(),
          failingSince: deps.failingSince(),
          watchingSince: deps.watchingSince(),
          ...problem,
        }),
      ),
      T.flatMap(({ patches, ...said }) =>
        pipe(
          patches,
          T.traverseSeqArray(writeStatus(deps)),
          T.map((written) =>
            E.right({
              observation,
              withheld: desired.withheld,
              ...storageOf(desired),
              ...applied,
              ...said,
              written,
            }),
          ),
        ),
      ),
    )
