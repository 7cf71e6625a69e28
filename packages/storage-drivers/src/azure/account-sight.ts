import type { SettingName, SettingSight } from '@image-registry-operator/render/model'

import type { PartFound } from '../backend'
import type { StorageAccount } from './azure-client'
import { azureProblem } from './azure-error'

type Settings = { readonly [Name in SettingName]?: SettingSight }

const found = (value: Extract<SettingSight, { _tag: 'Found' }>['value']): SettingSight => ({
  _tag: 'Found',
  value,
})

const NOT_ON_STACK: SettingSight = {
  _tag: 'NotSupported',
  error: azureProblem('Unsupported', 'GetStorageAccount', 'Azure Stack Hub does not have it'),
}

// Whoever asks for more than TLS 1.2 also asks for that.
const atMostTls12 = (version: string | undefined): string =>
  version === undefined || version === 'TLS1_0' || version === 'TLS1_1'
    ? (version ?? 'TLS1_0')
    : 'TLS1_2'

const settingsOf = (account: StorageAccount): Settings => ({
  TransportSecured: found({
    httpsOnly: account.enableHttpsTrafficOnly ?? true,
    minimumTls: atMostTls12(account.minimumTlsVersion),
  }),
  // What was never said stood for true once, and stands for false in newer accounts: it is better said.
  PublicAccessBlocked: found({ allowBlobPublicAccess: account.allowBlobPublicAccess ?? null }),
  SharedKeyAccess: found({ allowed: account.allowSharedKeyAccess ?? true }),
  NetworkAccess: found({ public: account.publicNetworkAccess ?? 'Enabled' }),
})

const ON_STACK: Settings = {
  TransportSecured: NOT_ON_STACK,
  PublicAccessBlocked: NOT_ON_STACK,
  SharedKeyAccess: NOT_ON_STACK,
  NetworkAccess: NOT_ON_STACK,
}

/** What an account shows of itself. */
export const accountFound = (account: StorageAccount, isStack: boolean): PartFound => {
  const tags = account.tags ?? {}
  return {
    _tag: 'Present',
    marks: tags,
    settings: { Tagged: found(tags), ...(isStack ? ON_STACK : settingsOf(account)) },
    details: {
      id: account.id ?? '',
      location: account.location,
      provisioningState: account.provisioningState ?? '',
    },
  }
}
