import type { StorageError } from '@image-registry-operator/render/model'
import type * as TE from 'fp-ts/TaskEither'

import type { StorageAccount } from './azure-client'
import type { ArmScope } from './azure-scope'

type Pages = { readonly next: () => Promise<IteratorResult<ReadonlyArray<StorageAccount>>> }

const named = async (name: string, pages: Pages): Promise<StorageAccount | undefined> => {
  const page = await pages.next()
  if (page.done === true) return undefined
  return page.value.find((account) => account.name === name) ?? named(name, pages)
}

/**
 * The account of the connection, as the list of its resource group has it: another witness than the account itself, for
 * a name that is in use, by an account that is said not to be there.
 */
export const accountInGroup = ({
  call,
  arm,
  principal,
  connection: { accountName },
}: ArmScope): TE.TaskEither<StorageError, StorageAccount | undefined> =>
  call({
    operation: 'ListStorageAccounts',
    send: async (abortSignal) => {
      const { storageAccounts } = await arm.storage()
      const pages = storageAccounts.listByResourceGroup(principal.resourceGroup, { abortSignal })
      return named(accountName, pages.byPage())
    },
  })
