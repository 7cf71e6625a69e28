import type { StorageError } from '@image-registry-operator/render/model'
import type { IO } from 'fp-ts/IO'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { azureProblem } from './azure-error'
import type { ArmScope } from './azure-scope'

/** A key of the account that Azure Resource Manager tells. It is asked for once, until it is forgotten. */
export type AccountKey = {
  readonly read: TE.TaskEither<StorageError, string>
  readonly forget: IO<void>
}

const listed = ({
  call,
  arm,
  principal,
  connection,
}: ArmScope): TE.TaskEither<StorageError, string> =>
  pipe(
    call({
      operation: 'ListAccountKeys',
      send: async (abortSignal) => {
        const { storageAccounts } = await arm.storage()
        return storageAccounts.listKeys(principal.resourceGroup, connection.accountName, {
          expand: 'kerb',
          abortSignal,
        })
      },
    }),
    TE.flatMap(({ keys }) => {
      const value = keys?.[0]?.value ?? ''
      return value === ''
        ? TE.left(azureProblem('AccessDenied', 'ListAccountKeys', 'the account tells no key'))
        : TE.right(value)
    }),
  )

/** Told of every question for a key: whether it was known, or had to be asked for. */
export type OnAccountKey = (wasKnown: boolean) => IO<void>

/** The first key of the account, as the original takes it. */
export const accountKey = (
  scope: ArmScope,
  onRead: OnAccountKey = () => () => undefined,
): AccountKey => {
  let known: string | undefined
  return {
    read: () => {
      onRead(known !== undefined)()
      return known === undefined
        ? pipe(
            listed(scope),
            TE.tapIO((key) => () => {
              known = key
            }),
          )()
        : TE.right(known)()
    },
    forget: () => {
      known = undefined
    },
  }
}
