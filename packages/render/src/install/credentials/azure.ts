import type { Grant } from './credentials-request'

const below = (prefix: string, ...paths: ReadonlyArray<string>): ReadonlyArray<string> =>
  paths.map((path) => `${prefix}${path}`)

const ACCOUNTS = 'Microsoft.Storage/storageAccounts/'

/** A storage account, its container, and a private way to it. */
const PERMISSIONS = [
  ...below(
    ACCOUNTS,
    'blobServices/read',
    'blobServices/containers/read',
    'blobServices/containers/write',
    'blobServices/containers/delete',
    'blobServices/generateUserDelegationKey/action',
    'read',
    'write',
    'delete',
    'listKeys/action',
  ),
  'Microsoft.Resources/tags/write',
  // From here on only accounts with a private endpoint need it.
  ...below(
    'Microsoft.Network/',
    'privateEndpoints/write',
    'privateEndpoints/read',
    'privateEndpoints/privateDnsZoneGroups/write',
    'privateEndpoints/privateDnsZoneGroups/read',
    'privateDnsZones/read',
    'privateDnsZones/write',
    'privateDnsZones/join/action',
    'privateDnsZones/A/write',
    'privateDnsZones/virtualNetworkLinks/write',
    'privateDnsZones/virtualNetworkLinks/read',
    'networkInterfaces/read',
  ),
  ...below(ACCOUNTS, 'PrivateEndpointConnectionsApproval/action'),
  ...below(
    'Microsoft.Network/virtualNetworks/',
    'subnets/read',
    'subnets/join/action',
    'join/action',
  ),
]

/** A container of a storage account, and the blobs in it. */
export const azureGrant: Grant = {
  name: 'openshift-image-registry-azure',
  provider: 'AzureProviderSpec',
  fields: {
    permissions: PERMISSIONS,
    dataPermissions: below(
      `${ACCOUNTS}blobServices/containers/blobs/`,
      'delete',
      'write',
      'read',
      'add/action',
      'move/action',
    ),
  },
  tokens: true,
}
