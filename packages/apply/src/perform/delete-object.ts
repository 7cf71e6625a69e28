import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import * as TE from 'fp-ts/TaskEither'

import {
  writtenKindOf,
  type ApplyError,
  type DeleteObject,
  type KubeObject,
} from '@image-registry-operator/render/model'

import type { Written } from '../ports'
import type { PerformDeps } from './perform-deps'
import { whileLeading } from './while-leading'

const left = ({ ref, uid }: DeleteObject, still: O.Option<KubeObject>): Written =>
  O.isSome(still) ? { _tag: 'Put', object: still.value } : { _tag: 'Gone', ref, uid }

const goneIsDone = (error: ApplyError): TE.TaskEither<ApplyError, O.Option<KubeObject>> =>
  error._tag === 'NotFound' ? TE.right(O.none) : TE.left(error)

/**
 * Deletes the very object that was planned for, unchanged since. One that is gone already is done.
 * Gives the object when it stays until its finalizers are done. What has dependents goes after them: a
 * Deployment after its pods, so that the storage below them is free when it is gone.
 */
export const deleteObject =
  (deps: PerformDeps) =>
  (action: DeleteObject): TE.TaskEither<ApplyError, KubeObject | undefined> =>
    pipe(
      deps.client.remove({
        ref: action.ref,
        uid: action.uid,
        resourceVersion: action.resourceVersion,
        propagation:
          writtenKindOf(action.ref)?.hasDependents === true ? 'Foreground' : 'Background',
      }),
      whileLeading(deps, action.ref),
      TE.orElse(goneIsDone),
      TE.map(O.map(deps.redact)),
      TE.tapIO((still) => deps.remember(left(action, still))),
      TE.map(O.toUndefined),
    )
