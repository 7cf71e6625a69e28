import type { Clock, KubeClient } from '@image-registry-operator/apply'
import { readOnlyProgress, type ReadOnlyProgress } from '@image-registry-operator/render'
import { names } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import { rfc3339 } from '../../rfc3339'

export type AwaitReadOnlyDeps = {
  readonly client: Pick<KubeClient, 'list'>
  readonly clock: Pick<Clock, 'monotonicMs' | 'wallMs'>
  readonly wait: (ms: number) => T.Task<void>
  /** Is told what is waited for, whenever that is something else. */
  readonly say: (text: string) => IO<void>
}

const INTERVAL_MS = 2_000

const LONGEST_MS = 300_000

/** A controller may be about to do what it has not written down yet. */
const TIMES_IN_A_ROW = 2

const namespace = names.REGISTRY_NAMESPACE

const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  plural: 'deployments',
  namespace,
  name: names.REGISTRY_NAME,
} as const

const PODS = { apiVersion: 'v1', kind: 'Pod', plural: 'pods', namespace } as const

const jobNamed = (name: string) =>
  ({ apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs', namespace, name }) as const

const NO_ANSWER: ReadOnlyProgress = {
  _tag: 'Waiting',
  why: 'the API server does not answer, or refuses',
}

/** One look. The pods are read last: a Deployment that is rolled out makes no pods of another kind any more. */
const look = ({ client, clock }: AwaitReadOnlyDeps, job: string): T.Task<ReadOnlyProgress> =>
  pipe(
    TE.Do,
    TE.bindW('jobs', () => client.list(jobNamed(job))),
    TE.bindW('deployments', () => client.list(DEPLOYMENT)),
    TE.bindW('pods', () => client.list(PODS)),
    TE.match(
      () => NO_ANSWER,
      ({ jobs, deployments, pods }) => {
        const [deployment] = deployments.items
        const [found] = jobs.items
        return readOnlyProgress({
          ...(deployment === undefined ? {} : { deployment }),
          pods: pods.items,
          ...(found === undefined ? {} : { job: found }),
          now: rfc3339(clock.wallMs()),
        })
      },
    ),
  )

/** What the looks before have shown. */
type Before = {
  readonly since: number
  /** How often in a row nobody could push. */
  readonly inARow: number
  /** What is waited for, as it was told last. */
  readonly said: string
}

const next = (
  deps: AwaitReadOnlyDeps,
  job: string,
  { since, inARow, said }: Before,
): TE.TaskEither<string, void> =>
  pipe(
    look(deps, job),
    T.flatMap((progress): TE.TaskEither<string, void> => {
      if (progress._tag === 'TooLate') return TE.left(progress.why)
      const isReadOnly = progress._tag === 'ReadOnly'
      if (isReadOnly && inARow + 1 === TIMES_IN_A_ROW) return TE.right(undefined)
      const why = isReadOnly ? said : progress.why
      if (why !== said) deps.say(why)()
      const before = { since, inARow: isReadOnly ? inARow + 1 : 0, said: why }
      return deps.clock.monotonicMs() - since >= LONGEST_MS
        ? TE.left(`gave up: ${why}`)
        : pipe(
            deps.wait(INTERVAL_MS),
            T.flatMap(() => next(deps, job, before)),
          )
    }),
  )

/**
 * Waits until the registry takes no pushes; the error says what kept it. It is given up after five minutes, or when the Job is
 * that old.
 */
export const awaitReadOnly =
  (deps: AwaitReadOnlyDeps, job: string): TE.TaskEither<string, void> =>
  () =>
    next(deps, job, { since: deps.clock.monotonicMs(), inARow: 0, said: '' })()
