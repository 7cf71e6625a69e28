/** Where a cloud of Azure keeps blobs, and who lets one in. */
type KnownCloud = {
  readonly realm: string
  readonly authority: string
  /** Azure Resource Manager, which is also the audience of its tokens. */
  readonly resourceManager: string
}

const PUBLIC: KnownCloud = {
  realm: 'core.windows.net',
  authority: 'https://login.microsoftonline.com/',
  resourceManager: 'https://management.azure.com/',
}
const US_GOVERNMENT: KnownCloud = {
  realm: 'core.usgovcloudapi.net',
  authority: 'https://login.microsoftonline.us/',
  resourceManager: 'https://management.usgovcloudapi.net/',
}

/** The clouds of Azure by their names in capitals; an Azure Stack says itself where it is. */
export const AZURE_CLOUDS: { readonly [name: string]: KnownCloud } = {
  AZURECHINACLOUD: {
    realm: 'core.chinacloudapi.cn',
    authority: 'https://login.chinacloudapi.cn/',
    resourceManager: 'https://management.chinacloudapi.cn/',
  },
  AZURECLOUD: PUBLIC,
  AZUREGERMANCLOUD: {
    realm: 'core.cloudapi.de',
    authority: 'https://login.microsoftonline.de/',
    resourceManager: 'https://management.microsoftazure.de/',
  },
  AZUREPUBLICCLOUD: PUBLIC,
  AZUREUSGOVERNMENT: US_GOVERNMENT,
  AZUREUSGOVERNMENTCLOUD: US_GOVERNMENT,
}

/** In capitals. */
export const AZURE_STACK_CLOUD = 'AZURESTACKCLOUD'
