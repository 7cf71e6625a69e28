import type { StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import type { Task } from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import { azureProblem } from './azure-error'

/** How something is that Azure works on. `failed`: Azure gave up. */
export type Readiness = 'ready' | 'pending' | 'failed'

/** What Azure says of a thing that it makes. */
export const readinessOf = (provisioningState: string | undefined): Readiness => {
  const state = (provisioningState ?? 'succeeded').toLowerCase()
  if (state === 'succeeded') return 'ready'
  return state === 'failed' || state === 'canceled' ? 'failed' : 'pending'
}

// An account takes half a minute, a private endpoint one or two. Reads are not what Azure is short of.
const INTERVAL_MS = 5_000
/** Ten minutes; whoever called then goes on with something else, and comes back. */
const LOOKS = 120

type Watch = { readonly operation: string; readonly wait: (ms: number) => Task<void> }

/** Looks until something is ready, or gone if that is what is waited for; bounded. */
export const untilReady = (
  { operation, wait }: Watch,
  look: TE.TaskEither<StorageError, Readiness>,
  looksLeft = LOOKS,
): TE.TaskEither<StorageError, void> =>
  pipe(
    look,
    TE.flatMap((readiness): TE.TaskEither<StorageError, void> => {
      if (readiness === 'ready') return TE.right(undefined)
      if (readiness === 'failed')
        return TE.left(azureProblem('StorageFailed', operation, 'Azure says that it has failed'))
      if (looksLeft <= 1)
        return TE.left(azureProblem('StorageConflict', operation, 'Azure is still working on it'))
      return pipe(
        TE.fromTask<void, StorageError>(wait(INTERVAL_MS)),
        TE.flatMap(() => untilReady({ operation, wait }, look, looksLeft - 1)),
      )
    }),
  )
