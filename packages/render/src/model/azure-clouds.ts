/** Where a cloud of Azure keeps blobs, and who lets one in. */
type KnownCloud = { readonly realm: string; readonly authority: string }

const PUBLIC: KnownCloud = {
  realm: 'core.windows.net',
  authority: 'https://login.microsoftonline.com/',
}
const US_GOVERNMENT: KnownCloud = {
  realm: 'core.usgovcloudapi.net',
  authority: 'https://login.microsoftonline.us/',
}

/** The clouds of Azure by their names in capitals; an Azure Stack says itself where it is. */
export const AZURE_CLOUDS: { readonly [name: string]: KnownCloud } = {
  AZURECHINACLOUD: {
    realm: 'core.chinacloudapi.cn',
    authority: 'https://login.chinacloudapi.cn/',
  },
  AZURECLOUD: PUBLIC,
  AZUREGERMANCLOUD: {
    realm: 'core.cloudapi.de',
    authority: 'https://login.microsoftonline.de/',
  },
  AZUREPUBLICCLOUD: PUBLIC,
  AZUREUSGOVERNMENT: US_GOVERNMENT,
  AZUREUSGOVERNMENTCLOUD: US_GOVERNMENT,
}

/** In capitals. */
export const AZURE_STACK_CLOUD = 'AZURESTACKCLOUD'
