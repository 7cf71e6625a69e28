import type { Needs } from './needs'

const ACCOUNTS = 'Microsoft.Storage/storageAccounts'
const CONTAINERS = `${ACCOUNTS}/blobServices/containers`
const ENDPOINTS = 'Microsoft.Network/privateEndpoints'
const ZONES = 'Microsoft.Network/privateDnsZones'
const NETWORKS = 'Microsoft.Network/virtualNetworks'

/** What is done inside of containers, by whoever shows a token. Whoever has a key of the account needs none of it. */
export const AZURE_BLOBS = `${CONTAINERS}/blobs/`

const accountNeeds: Needs = {
  // Of the subscription, not of the resource group: without it, the attempt to make the account tells.
  CheckNameAvailability: ['Microsoft.Storage/checknameavailability/read'],
  GetStorageAccount: [`${ACCOUNTS}/read`],
  ListStorageAccounts: [`${ACCOUNTS}/read`],
  CreateStorageAccount: [`${ACCOUNTS}/write`],
  // Tags are set along with the rest, which takes no permission of their own.
  UpdateStorageAccount: [`${ACCOUNTS}/write`],
  DeleteStorageAccount: [`${ACCOUNTS}/delete`],
  ListAccountKeys: [`${ACCOUNTS}/listKeys/action`],
  ListContainers: [`${CONTAINERS}/read`],
  GetManagedContainer: [`${CONTAINERS}/read`],
  CreateManagedContainer: [`${CONTAINERS}/write`],
  DeleteManagedContainer: [`${CONTAINERS}/delete`],
}

const containerNeeds: Needs = {
  GetContainerProperties: [`${CONTAINERS}/read`],
  CreateContainer: [`${CONTAINERS}/write`],
  DeleteContainer: [`${CONTAINERS}/delete`],
  ListBlobs: [`${AZURE_BLOBS}read`],
}

/** What it takes for an account to have an address within a network, and a name for that. */
const privateNeeds: Needs = {
  ListVirtualNetworks: [`${NETWORKS}/read`],
  GetPrivateEndpoint: [`${ENDPOINTS}/read`],
  CreatePrivateEndpoint: [
    `${ENDPOINTS}/write`,
    `${NETWORKS}/subnets/read`,
    `${NETWORKS}/subnets/join/action`,
    `${ACCOUNTS}/PrivateEndpointConnectionsApproval/action`,
  ],
  DeletePrivateEndpoint: [`${ENDPOINTS}/delete`],
  GetNetworkInterface: ['Microsoft.Network/networkInterfaces/read'],
  GetPrivateZone: [`${ZONES}/read`],
  CreatePrivateZone: [`${ZONES}/write`],
  DeletePrivateZone: [`${ZONES}/delete`],
  ListPrivateRecords: [`${ZONES}/ALL/read`],
  SetPrivateRecord: [`${ZONES}/A/write`],
  DeletePrivateRecord: [`${ZONES}/A/delete`],
  GetVirtualNetworkLink: [`${ZONES}/virtualNetworkLinks/read`],
  CreateVirtualNetworkLink: [`${ZONES}/virtualNetworkLinks/write`, `${NETWORKS}/join/action`],
  DeleteVirtualNetworkLink: [`${ZONES}/virtualNetworkLinks/delete`],
  GetPrivateDnsZoneGroup: [`${ENDPOINTS}/privateDnsZoneGroups/read`],
  CreatePrivateDnsZoneGroup: [`${ENDPOINTS}/privateDnsZoneGroups/write`, `${ZONES}/join/action`],
  DeletePrivateDnsZoneGroup: [`${ENDPOINTS}/privateDnsZoneGroups/delete`],
}

/** What the requests of the driver for Azure take. */
export const azureDriverNeeds: Needs = { ...accountNeeds, ...containerNeeds, ...privateNeeds }

/** What the requests of the registry to Azure take. */
export const azureRegistryNeeds: Needs = {
  // Clients are sent to Azure with a signature that such a key makes.
  GetUserDelegationKey: [`${ACCOUNTS}/blobServices/generateUserDelegationKey/action`],
  ListBlobs: [`${AZURE_BLOBS}read`],
  GetBlob: [`${AZURE_BLOBS}read`],
  PutBlob: [`${AZURE_BLOBS}write`],
  AppendBlock: [`${AZURE_BLOBS}write`],
  CopyBlob: [`${AZURE_BLOBS}read`, `${AZURE_BLOBS}write`],
  DeleteBlob: [`${AZURE_BLOBS}delete`],
}
