import { writeStatus, type PerformDeps } from '@image-registry-operator/apply'
import { status as statusOf } from '@image-registry-operator/render'
import type { DecodeError, DesiredState, Observation } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { Applied } from './apply'
import type { Pass } from './pass'

export type StatusDeps = Pick<PerformDeps, 'client' | 'redact' | 'remember' | 'mayWrite'> & {
  /** The time, as the API writes it: RFC 3339 in UTC, whole seconds. */
  readonly now: IO<string>
  /** How many passes in a row before this one had a failed action. */
  readonly failedBefore: IO<number>
}

export type Reported = {
  readonly observation: Observation
  readonly desired: E.Either<DecodeError, DesiredState>
  readonly applied: Applied
}

/** Says how it went, in the Config's status; nothing is sent when the status says so already. */
export const status =
  ({ observation, desired, applied }: Reported) =>
  (deps: StatusDeps): TE.TaskEither<never, Pass> => {
    const withheld = E.isRight(desired) ? desired.right.withheld : []
    const times = { now: deps.now(), failedBefore: deps.failedBefore() }
    const { outcome } = applied
    const { patch, ...said } = statusOf({ observation, withheld, outcome, ...times })
    const pass: Pass = { observation, ...applied, ...said }
    return patch === undefined
      ? TE.right(pass)
      : pipe(
          writeStatus(deps)(patch),
          T.map((written) => E.right({ ...pass, written })),
        )
  }
