import type { StorageError, StorageTarget } from '@image-registry-operator/render/model'
import type { DriverFor, ObserveScope, Seen } from '@image-registry-operator/storage-drivers'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { type AccessDeps, storageAccess } from './storage-access'
import { withDefects } from './storage-defect'

export type StorageLookDeps = AccessDeps & { readonly driverFor: DriverFor }

/** Looks at a storage, with the credentials that the cluster has for it. Only reads; never rejects. */
export const lookAt = (
  deps: StorageLookDeps,
  target: StorageTarget,
  scope: ObserveScope,
): TE.TaskEither<StorageError, Seen> =>
  withDefects(
    target.backend,
    'Observe',
    pipe(
      storageAccess(deps, target, () => false),
      TE.flatMap((access) =>
        pipe(
          TE.fromTask(deps.driverFor(target.backend)),
          TE.flatMap((driver) => driver.observe(access, scope)),
        ),
      ),
    ),
  )
