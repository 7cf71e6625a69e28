import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import {
  names,
  type ApplyError,
  type ApplyObject,
  type DesiredObject,
  type KubeObject,
} from '@image-registry-operator/render/model'

import { filledObject, withoutValues, type FillDeps } from './filled-object'
import type { PerformDeps } from './perform-deps'
import { whileLeading } from './while-leading'

/**
 * Writes one object.
 *
 * Expected flow: fetch the values to be filled in, check them, one server-side apply; before it, where
 * somebody else's fields are in the way, one patch that makes them ours, so that applying removes them.
 * Guarantees: the answer holds digests where the values are, and so do messages. An object to be created
 * only is never taken from somebody who created it in between: that is a conflict.
 */
export const applyObject =
  (deps: PerformDeps & FillDeps) =>
  (action: ApplyObject): TE.TaskEither<ApplyError, KubeObject> =>
    pipe(
      filledObject(deps)(action.desired),
      TE.tap(() => reclaim(deps, action)),
      TE.flatMap(({ object, values }) =>
        pipe(
          deps.client.apply({
            object,
            fieldManager: names.FIELD_MANAGER,
            force: isConverging(action.desired),
          }),
          whileLeading(deps, object),
          TE.mapLeft(withoutValues(values)),
        ),
      ),
      TE.map(deps.redact),
      TE.tapIO((object) => deps.remember({ _tag: 'Put', object })),
    )

const isConverging = ({ mode }: DesiredObject): boolean => mode === 'converge'

/** The patch tests what it replaces; a failed test is no fault of ours but a sign that somebody was faster. */
const changedMeanwhile = (error: ApplyError): ApplyError =>
  error._tag === 'Invalid' ? { ...error, _tag: 'Conflict' } : error

const reclaim = (
  deps: PerformDeps,
  { ref, reclaim: operations }: ApplyObject,
): TE.TaskEither<ApplyError, unknown> =>
  operations === undefined
    ? TE.right(undefined)
    : pipe(
        deps.client.patch({ ref, operations, fieldManager: names.FIELD_MANAGER }),
        whileLeading(deps, ref),
        TE.mapLeft(changedMeanwhile),
      )
