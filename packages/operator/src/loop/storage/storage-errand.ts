import type { StorageErrand } from '@image-registry-operator/apply'
import type { StorageError, StorageTrouble } from '@image-registry-operator/render/model'
import type {
  OnProgress,
  StorageAccess,
  StorageDriver,
} from '@image-registry-operator/storage-drivers'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import { storageAccess } from './storage-access'
import { withDefects } from './storage-defect'
import type { StorageLookDeps } from './storage-look'
import { stepTroubles, verbOf } from './storage-state'

/** Whether an errand is still wanted, asked before every change, and who is told how far it is. */
export type ErrandDeps = StorageLookDeps & {
  readonly isWanted: IO<boolean>
  readonly onProgress: OnProgress
}

type Troubles = ReadonlyArray<StorageTrouble>

const done = (
  driver: StorageDriver,
  access: StorageAccess,
  { errand, onProgress }: { readonly errand: StorageErrand; readonly onProgress: OnProgress },
): TE.TaskEither<StorageError, Troubles> =>
  errand._tag === 'EnsureStorage'
    ? pipe(driver.ensure(access, errand.steps, onProgress), T.map(stepTroubles), TE.fromTask)
    : pipe(
        driver.remove(access, errand.parts, onProgress),
        TE.map(() => []),
      )

/** Does something to a storage, and says what of it has failed; never rejects. */
export const doErrand = (deps: ErrandDeps, errand: StorageErrand): Task<Troubles> => {
  const { target } = errand
  const verb = verbOf(errand)
  return pipe(
    withDefects(
      target.backend,
      verb === 'ensure' ? 'Ensure' : 'Remove',
      pipe(
        storageAccess(deps, target, deps.isWanted),
        TE.flatMap((access) =>
          pipe(
            TE.fromTask(deps.driverFor(target.backend)),
            TE.flatMap((driver) => done(driver, access, { errand, onProgress: deps.onProgress })),
          ),
        ),
      ),
    ),
    T.map(E.getOrElse((error): Troubles => [{ verb, error }])),
  )
}
