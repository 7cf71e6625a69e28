import type { AzureConnection, AzureNetwork } from '@image-registry-operator/render/model'

/** A thing of Azure, by what its id is made of. */
type ResourceName = {
  readonly subscriptionId: string
  readonly resourceGroup: string
}

const resourceId = (
  { subscriptionId, resourceGroup }: ResourceName,
  provider: string,
  ...path: ReadonlyArray<string>
): string =>
  [
    '/subscriptions',
    subscriptionId,
    'resourceGroups',
    resourceGroup,
    'providers',
    provider,
    ...path,
  ].join('/')

/** The id of a storage account. */
export const accountId = (where: ResourceName, account: string): string =>
  resourceId(where, 'Microsoft.Storage', 'storageAccounts', account)

/** The id of a virtual network. */
export const vnetId = (subscriptionId: string, { resourceGroup, vnet }: AzureNetwork): string =>
  resourceId({ subscriptionId, resourceGroup }, 'Microsoft.Network', 'virtualNetworks', vnet)

/** The id of a subnet. */
export const subnetId = (subscriptionId: string, network: AzureNetwork): string =>
  `${vnetId(subscriptionId, network)}/subnets/${network.subnet}`

/** The id of a private zone. */
export const zoneId = (where: ResourceName, zone: string): string =>
  resourceId(where, 'Microsoft.Network', 'privateDnsZones', zone)

/** What stands in an id after a word, e.g. the resource group; empty when the id has no such word. */
export const inId = (id: string, word: string): string => {
  const words = id.split('/')
  const index = words.findIndex((one) => one.toLowerCase() === word.toLowerCase())
  return index < 0 ? '' : (words[index + 1] ?? '')
}

/** The network that a subnet's id names. */
export const networkOf = (id: string): AzureNetwork => ({
  resourceGroup: inId(id, 'resourceGroups'),
  vnet: inId(id, 'virtualNetworks'),
  subnet: inId(id, 'subnets'),
})

/** The zone that the private names of storage are in. */
export const privateZone = ({ realm }: AzureConnection): string => `privatelink.blob.${realm}`
