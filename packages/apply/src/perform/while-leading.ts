import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import {
  refOf,
  type ApplyError,
  type KubeObject,
  type ObjectRef,
} from '@image-registry-operator/render/model'

import type { PerformDeps } from './perform-deps'

const NOT_LEADING = 'not written: this process stops, or can no longer be sure of the lease'

const notLeading = (ref: ObjectRef): ApplyError => ({
  _tag: 'Conflict',
  ref,
  message: NOT_LEADING,
})

/** Nothing was sent, because this process did not lead any more; the error is no word of the API server. */
export const wasNotLeading = (error: ApplyError): boolean =>
  error._tag === 'Conflict' && error.message === NOT_LEADING

/** Does the write only if this process leads at that very moment; it may have been frozen since it last looked. */
export const whileLeading =
  ({ mayWrite }: Pick<PerformDeps, 'mayWrite'>, about: ObjectRef | KubeObject) =>
  <A>(write: TE.TaskEither<ApplyError, A>): TE.TaskEither<ApplyError, A> =>
    pipe(
      TE.fromIO<boolean, ApplyError>(mayWrite),
      TE.flatMap((leading) =>
        leading ? write : TE.left(notLeading('metadata' in about ? refOf(about) : about)),
      ),
    )
