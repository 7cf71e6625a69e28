import { randomBytes } from 'node:crypto'

import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'
import type { TaskEither } from 'fp-ts/TaskEither'

import {
  keyOf,
  type Action,
  type ActionOutcome,
  type ApplyError,
  type KubeObject,
  type Outcome,
  type Plan,
} from '@image-registry-operator/render/model'

import { applyObject } from './apply-object'
import { deleteObject } from './delete-object'
import { readingOnce, type FillDeps } from './filled-object'
import type { PerformDeps, StorageErrand } from './perform-deps'
import { patchObject } from './patch-object'
import { releaseObject } from './release-object'
import { whileLeading } from './while-leading'

const perform =
  (deps: PerformDeps & FillDeps) =>
  (action: Action): TaskEither<ApplyError, KubeObject | undefined> => {
    switch (action._tag) {
      case 'ApplyObject':
        return applyObject(deps)(action)
      case 'DeleteObject':
        return deleteObject(deps)(action)
      case 'ReleaseObject':
        return releaseObject(deps)(action)
      case 'PatchObject':
        return patchObject(deps)(action)
      case 'EnsureStorage':
      case 'RemoveStorage':
        return beginStorageWork(deps)(action)
    }
  }

/** Storage takes its time: what comes of it is seen by a later look. */
const beginStorageWork =
  (deps: PerformDeps) =>
  (action: StorageErrand): TaskEither<ApplyError, undefined> =>
    pipe(
      TE.fromIO<void, ApplyError>(deps.beginStorageWork(action)),
      TE.map(() => undefined),
      whileLeading(deps, action.ref),
    )

/**
 * Performs the actions one after the other, in their order.
 *
 * Guarantees: never fails; what an action came to is in its outcome, and the others go on without it.
 * Assumptions: what an action needs of another is checked by the API server, e.g. that the namespace is there.
 */
export const performPlan =
  (deps: PerformDeps) =>
  (plan: Plan): T.Task<Outcome> =>
    pipe(
      T.fromIO(() => readingOnce(deps.client.read, keyOf)),
      T.flatMap((readSource) =>
        pipe(
          plan,
          T.traverseSeqArray((action: Action) =>
            pipe(
              perform({ ...deps, readSource })(action),
              T.map((result): ActionOutcome => ({ action, result })),
            ),
          ),
        ),
      ),
    )

/** Bytes from the operating system's source of randomness. */
export const systemRandomBytes =
  (count: number): IO<Uint8Array> =>
  () =>
    randomBytes(count)
