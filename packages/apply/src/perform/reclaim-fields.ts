import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { ApplyError, JsonArray, ObjectRef } from '@image-registry-operator/render/model'

import { changedMeanwhile } from './changed-meanwhile'
import type { PerformDeps } from './perform-deps'
import { whileLeading } from './while-leading'

/** What is sent before an object, or a status, is applied, so that applying removes what is in the way; often nothing. */
export type FieldsToReclaim = {
  readonly ref: ObjectRef
  readonly operations: JsonArray | undefined
  readonly fieldManager: string
}

/** Makes one of our managers the holder of what stands in the way, if anything does. */
export const reclaimFields =
  (
    deps: Pick<PerformDeps, 'mayWrite'> & { readonly client: Pick<PerformDeps['client'], 'patch'> },
  ) =>
  ({ ref, operations, fieldManager }: FieldsToReclaim): TE.TaskEither<ApplyError, unknown> =>
    operations === undefined
      ? TE.right(undefined)
      : pipe(
          deps.client.patch({ ref, operations, fieldManager }),
          whileLeading(deps, ref),
          TE.mapLeft(changedMeanwhile),
        )
