import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import {
  names,
  type ApplyError,
  type KubeObject,
  type ReleaseObject,
} from '@image-registry-operator/render/model'

import { changedMeanwhile } from './changed-meanwhile'
import type { PerformDeps } from './perform-deps'
import { whileLeading } from './while-leading'

/** One that has gone already is released. */
const goneIsDone = (error: ApplyError): TE.TaskEither<ApplyError, undefined> =>
  error._tag === 'NotFound' ? TE.right(undefined) : TE.left(error)

/**
 * Takes our finalizer off an object that is being deleted. What the API server answers is not remembered: the
 * object may be gone with this, and its last state would be mistaken for a live one.
 */
export const releaseObject =
  (deps: PerformDeps) =>
  ({ ref, operations }: ReleaseObject): TE.TaskEither<ApplyError, KubeObject | undefined> =>
    pipe(
      deps.client.patch({ ref, operations, fieldManager: names.FIELD_MANAGER }),
      whileLeading(deps, ref),
      TE.mapLeft(changedMeanwhile),
      TE.map(() => undefined),
      TE.orElse(goneIsDone),
    )
