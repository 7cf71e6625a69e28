import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import {
  names,
  refOf,
  type ApplyError,
  type KubeObject,
  type StatusPatch,
} from '@image-registry-operator/render/model'

import type { PerformDeps } from './perform-deps'
import { reclaimFields } from './reclaim-fields'
import { whileLeading } from './while-leading'

/**
 * Writes the fields under `status` of the object, and gives it as it is now, with digests for its secret values.
 *
 * Expected flow: one server-side apply; before it, where the original operator holds anything of the object, one patch
 * that takes it from that one. Who holds what of a status may be changed through the object itself.
 */
export const writeStatus =
  (deps: Pick<PerformDeps, 'redact' | 'remember' | 'mayWrite'> & StatusClient) =>
  ({ object, reclaim }: StatusPatch): TE.TaskEither<ApplyError, KubeObject> =>
    pipe(
      reclaimFields(deps)({
        ref: refOf(object),
        operations: reclaim,
        fieldManager: names.STATUS_FIELD_MANAGER,
      }),
      TE.flatMap(() =>
        pipe(
          deps.client.apply({
            object,
            fieldManager: names.STATUS_FIELD_MANAGER,
            force: true,
            subresource: 'status',
          }),
          whileLeading(deps, object),
        ),
      ),
      TE.map(deps.redact),
      TE.tapIO((written) => deps.remember({ _tag: 'Put', object: written })),
    )

type StatusClient = { readonly client: Pick<PerformDeps['client'], 'apply' | 'patch'> }
