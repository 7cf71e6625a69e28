import { performPlan, type PerformDeps } from '@image-registry-operator/apply'
import type { Action, ActionOutcome, Outcome, Plan } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { ReaderTaskEither } from 'fp-ts/ReaderTaskEither'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { Refusals } from '../loop/refusals'

export type ApplyDeps = PerformDeps & { readonly refusals: Refusals }

const refused =
  ({ refusals }: ApplyDeps) =>
  (action: Action): ReadonlyArray<ActionOutcome> => {
    const error = refusals.of(action)
    return error === undefined ? [] : [{ action, result: E.left(error) }]
  }

/** Does it, except for what was refused before and would be again. What failed is in the outcome. */
export const apply =
  (plan: Plan): ReaderTaskEither<ApplyDeps, never, Outcome> =>
  (deps) => {
    const known = plan.flatMap(refused(deps))
    const rest = plan.filter((action) => known.every((outcome) => outcome.action !== action))
    return pipe(
      performPlan(deps)(rest),
      T.map((done): Outcome => [...done, ...known]),
      T.tap((outcome) => T.fromIO(deps.refusals.note(outcome))),
      TE.fromTask,
    )
  }
