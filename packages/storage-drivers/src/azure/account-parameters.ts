import type { Json, StoragePart, StorageSetting } from '@image-registry-operator/render/model'

import type {
  StorageAccount,
  StorageAccountCreateParameters,
  StorageAccountUpdateParameters,
} from './azure-client'
import { tagsOf, textsOf } from './tags'
import { fieldOf } from './unknown-fields'

const isTrue = (wanted: Json, name: string): boolean => fieldOf(wanted, name) === true

/** What an account is to be changed to for a setting; undefined when accounts have no such setting. `found`: as it is now. */
export const accountChange = (
  { name, wanted }: StorageSetting,
  found: StorageAccount,
): StorageAccountUpdateParameters | undefined => {
  switch (name) {
    case 'Tagged':
      // All tags are replaced by those sent.
      return { tags: { ...found.tags, ...textsOf(wanted) } }
    case 'TransportSecured':
      return {
        enableHttpsTrafficOnly: isTrue(wanted, 'httpsOnly'),
        minimumTlsVersion: textsOf(wanted)['minimumTls'] ?? 'TLS1_2',
      }
    case 'PublicAccessBlocked':
      return { allowBlobPublicAccess: isTrue(wanted, 'allowBlobPublicAccess') }
    case 'SharedKeyAccess':
      return { allowSharedKeyAccess: isTrue(wanted, 'allowed') }
    case 'NetworkAccess':
      return { publicNetworkAccess: textsOf(wanted)['public'] ?? 'Disabled' }
    default:
      return undefined
  }
}

type Place = { readonly location: string; readonly isStack: boolean }

const LOCALLY_REDUNDANT = { name: 'Standard_LRS' } as const

/** An account as it is made: closed from the start, so that there is no moment in which it is not. */
export const newAccount = (
  part: StoragePart,
  { location, isStack }: Place,
): StorageAccountCreateParameters => {
  const common = { location, sku: LOCALLY_REDUNDANT, tags: tagsOf(part) }
  if (isStack) return { ...common, kind: 'Storage' }
  const keyless = part.settings.find(({ name }) => name === 'SharedKeyAccess')
  return {
    ...common,
    kind: 'StorageV2',
    enableHttpsTrafficOnly: true,
    minimumTlsVersion: 'TLS1_2',
    allowBlobPublicAccess: false,
    ...(keyless === undefined ? {} : { allowSharedKeyAccess: isTrue(keyless.wanted, 'allowed') }),
  }
}
