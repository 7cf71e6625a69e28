import { type StorageError, textOf } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { IbmApi } from './ibm-api'
import { managementUrl } from './management-url'

export type ResourceGroup = { readonly id: string; readonly name: string }

const LIST = 'ListResourceGroups'

const noSuchGroup = (name: string): StorageError => ({
  _tag: 'StorageRefused',
  backend: 'IbmCos',
  operation: LIST,
  code: 'none',
  message:
    name === ''
      ? 'the account has no default resource group'
      : `there is no resource group ${name} in the account, or these credentials may not see it`,
})

/** The resource group of that name in the account of whoever asks; without a name, the account's default. */
export const resourceGroup = (
  api: IbmApi,
  endpoint: string,
  name: string,
): TE.TaskEither<StorageError, ResourceGroup> =>
  pipe(
    api.whoAmI,
    TE.flatMap(({ accountId }) => {
      const which: { readonly [name: string]: string } =
        name === '' ? { default: 'true' } : { name }
      return api.list(
        LIST,
        managementUrl(endpoint, 'resource_groups', { account_id: accountId, ...which }),
      )
    }),
    TE.map((groups) =>
      groups.map((group) => ({ id: textOf(group['id']), name: textOf(group['name']) })),
    ),
    TE.flatMap((groups) => {
      const [group] = name === '' ? groups : groups.filter((one) => one.name === name)
      return group === undefined || group.id === '' ? TE.left(noSuchGroup(name)) : TE.right(group)
    }),
  )

/** The name of a resource group by its id. */
export const resourceGroupName = (
  api: IbmApi,
  endpoint: string,
  id: string,
): TE.TaskEither<StorageError, string> =>
  pipe(
    api.askJson({
      operation: 'GetResourceGroup',
      method: 'GET',
      url: managementUrl(endpoint, `resource_groups/${encodeURIComponent(id)}`),
    }),
    TE.map((group) => textOf(group['name'])),
  )
