import { expect, it } from 'vitest'

import { someConnection } from '../testing/some-azure'
import { accountId, inId, networkOf, privateZone, subnetId, vnetId, zoneId } from './arm-ids'

const WHERE = { subscriptionId: 's', resourceGroup: 'rg' }
const NETWORK = { resourceGroup: 'net-rg', vnet: 'v', subnet: 'n' }

it('an id names what it is of', () => {
  expect(subnetId('s', NETWORK)).toBe(
    '/subscriptions/s/resourceGroups/net-rg/providers/Microsoft.Network/virtualNetworks/v/subnets/n',
  )
  expect(accountId(WHERE, 'a')).toBe(
    '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/a',
  )
  expect(zoneId(WHERE, 'z')).toBe(
    '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/z',
  )
})

it('what is in an id is found again, however Azure spells its words', () => {
  expect(networkOf(subnetId('s', NETWORK))).toEqual(NETWORK)
  expect(networkOf(vnetId('s', NETWORK).toUpperCase())).toEqual({
    resourceGroup: 'NET-RG',
    vnet: 'V',
    subnet: '',
  })
  expect(inId('', 'subnets')).toBe('')
  expect(inId('/a/subnets', 'subnets')).toBe('')
})

it('private names end as the names of the cloud do', () => {
  expect(privateZone(someConnection)).toBe('privatelink.blob.core.windows.net')
  expect(privateZone({ ...someConnection, realm: 'core.usgovcloudapi.net' })).toBe(
    'privatelink.blob.core.usgovcloudapi.net',
  )
})
