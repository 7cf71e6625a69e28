import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import {
  refOf,
  type ApplyError,
  type KubeObject,
  type ObjectRef,
} from '@image-registry-operator/render/model'

import type { PerformDeps } from './perform-deps'

const deposed = (ref: ObjectRef): ApplyError => ({
  _tag: 'Conflict',
  ref,
  message: 'another instance of the operator may have taken over',
})

/** Does the write only if this process leads at that very moment; it may have been frozen since it last looked. */
export const whileLeading =
  ({ mayWrite }: Pick<PerformDeps, 'mayWrite'>, about: ObjectRef | KubeObject) =>
  <A>(write: TE.TaskEither<ApplyError, A>): TE.TaskEither<ApplyError, A> =>
    pipe(
      TE.fromIO<boolean, ApplyError>(mayWrite),
      TE.flatMap((leading) =>
        leading ? write : TE.left(deposed('metadata' in about ? refOf(about) : about)),
      ),
    )
