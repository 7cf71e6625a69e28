import { performPlan, type PerformDeps } from '@image-registry-operator/apply'
import type { Action, ActionOutcome, Outcome, Plan } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { ReaderTaskEither } from 'fp-ts/ReaderTaskEither'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { Contests, HeldCorrection } from './contests'
import type { Refusals } from './refusals'

export type ApplyDeps = PerformDeps & {
  readonly refusals: Refusals
  readonly contests: Contests
}

/** What came of a plan, and what of it waits. */
export type Applied = {
  readonly outcome: Outcome
  readonly held: ReadonlyArray<HeldCorrection>
}

const refused =
  ({ refusals }: ApplyDeps) =>
  (action: Action): ReadonlyArray<ActionOutcome> => {
    const error = refusals.of(action)
    return error === undefined ? [] : [{ action, result: E.left(error) }]
  }

const performed =
  (deps: ApplyDeps) =>
  (due: Plan): T.Task<Outcome> => {
    const known = due.flatMap(refused(deps))
    const rest = due.filter((action) => known.every((outcome) => outcome.action !== action))
    return pipe(
      performPlan(deps)(rest),
      T.tap((done) => T.fromIO(deps.contests.note(done))),
      T.map((done): Outcome => [...done, ...known]),
      T.tap((outcome) => T.fromIO(deps.refusals.note(outcome))),
    )
  }

/**
 * Does it, except for what was refused before and would be again, and for what somebody keeps undoing: that
 * waits. What failed is in the outcome.
 */
export const apply =
  (plan: Plan): ReaderTaskEither<ApplyDeps, never, Applied> =>
  (deps) =>
    pipe(
      T.fromIO(deps.contests.dueOf(plan)),
      T.flatMap(({ due, held }) =>
        pipe(
          performed(deps)(due),
          T.map((outcome): Applied => ({ outcome, held })),
        ),
      ),
      TE.fromTask,
    )
