import type { IbmCosConnection, StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import type * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { IbmApi } from './ibm-api'
import { ibmProblem } from './ibm-problem'
import { instanceOfCrn, type ServiceInstance } from './service-instance'

type AwaitDeps = {
  readonly api: IbmApi
  readonly connection: IbmCosConnection
  readonly wait: (ms: number) => T.Task<void>
}

const PAUSE_MS = 3_000
/** A minute; whatever takes longer is looked at again by the loop. */
const MOST_LOOKS = 20

type Wanted = (state: O.Option<ServiceInstance>) => boolean

/** Looks at an instance until it is as wanted. */
export const awaitedInstance = (
  deps: AwaitDeps,
  crn: string,
  wanted: Wanted,
  looksLeft = MOST_LOOKS,
): TE.TaskEither<StorageError, void> =>
  pipe(
    instanceOfCrn(deps.api, deps.connection, crn),
    TE.flatMap((state): TE.TaskEither<StorageError, void> => {
      if (wanted(state)) return TE.right(undefined)
      return looksLeft <= 1
        ? TE.left(
            ibmProblem(
              'StorageConflict',
              'GetResourceInstance',
              'the instance is still on its way',
            ),
          )
        : pipe(
            TE.fromTask<void, StorageError>(deps.wait(PAUSE_MS)),
            TE.flatMap(() => awaitedInstance(deps, crn, wanted, looksLeft - 1)),
          )
    }),
  )

/** Before, nothing can be made in it. */
export const isActive: Wanted = (state) => O.isSome(state) && state.value.state === 'active'
