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
import { type FieldsToReclaim, reclaimFields } from './reclaim-fields'
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
  (action: ApplyObject): TE.TaskEither<ApplyError, KubeObject> => {
    const { subresource } = action.desired
    return pipe(
      filledObject(deps)(action.desired),
      TE.tap(() => reclaimFields(deps)(inTheWay(action))),
      TE.flatMap(({ object, values }) =>
        pipe(
          deps.client.apply({
            object,
            fieldManager: managerOf(action.desired),
            force: isForced(action.desired),
            ...(subresource === undefined ? {} : { subresource }),
          }),
          whileLeading(deps, object),
          TE.mapLeft(withoutValues(values)),
        ),
      ),
      TE.map(deps.redact),
      TE.tapIO((object) => deps.remember({ _tag: 'Put', object })),
    )
  }

const inTheWay = ({ ref, reclaim }: ApplyObject): FieldsToReclaim => ({
  ref,
  operations: reclaim,
  fieldManager: names.FIELD_MANAGER,
})

const isForced = ({ mode }: DesiredObject): boolean => mode === 'converge' || mode === 'decide'

const managerOf = ({ mode }: DesiredObject): string =>
  mode === 'bootstrap' ? names.BOOTSTRAP_FIELD_MANAGER : names.FIELD_MANAGER
