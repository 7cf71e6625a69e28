import {
  anything,
  type Check,
  isBoolean,
  isRecord,
  type JsonRecord,
  listOf,
  oneOf,
  record,
  text,
} from '../../front/json-shape'

/**
 * What the published API of a type of resource asks of a request that makes one.
 *
 * The rules are those of the definitions in Azure/azure-rest-api-specs: Microsoft.Storage 2023-05-01 (storage.json),
 * Microsoft.Network 2021-05-01 (privateEndpoint.json, virtualNetwork.json), private DNS 2020-06-01 (privatedns.json).
 */
export type Contract = Readonly<{
  /** As Azure spells it. */
  type: string
  /** The first version of the API that has all that is asked for here. */
  oldestVersion: string
  /** Properties that may be sent; others are refused. */
  properties: Readonly<Record<string, Check>>
  /** Paths of what has to be there: `sku.name`. */
  required: ReadonlyArray<string>
  /** How it answers to a request that makes one: with where to ask for the end of it, or at once. */
  making: 'location' | 'async-operation' | 'both' | 'at-once'
  /** How it answers to a request that deletes one. */
  deleting: 'location' | 'at-once'
}>

const isTags: Check = (value) =>
  isRecord(value) &&
  Object.keys(value).length <= 50 &&
  Object.entries(value).every(
    ([name, tag]) => /^[^<>%&\\?/]{1,128}$/.test(name) && text(/^.{0,256}$/)(tag),
  )

const reference = record({ id: text(/^\/subscriptions\//) })
const isGlobal = text(/^global$/i)
/** Sent back by clients that read a resource and change it; the server goes by the path. */
const readOnly: Readonly<Record<string, Check>> = {
  id: text(),
  name: text(),
  type: text(),
  etag: text(),
}

const accountProperties: Readonly<Record<string, Check>> = {
  publicNetworkAccess: oneOf('Enabled', 'Disabled', 'SecuredByPerimeter'),
  minimumTlsVersion: oneOf('TLS1_0', 'TLS1_1', 'TLS1_2', 'TLS1_3'),
  supportsHttpsTrafficOnly: isBoolean,
  allowBlobPublicAccess: isBoolean,
  allowSharedKeyAccess: isBoolean,
  allowCrossTenantReplication: isBoolean,
  defaultToOAuthAuthentication: isBoolean,
  isHnsEnabled: isBoolean,
  isLocalUserEnabled: isBoolean,
  isNfsV3Enabled: isBoolean,
  isSftpEnabled: isBoolean,
  accessTier: oneOf('Hot', 'Cool', 'Premium', 'Cold'),
  allowedCopyScope: oneOf('PrivateLink', 'AAD'),
  dnsEndpointType: oneOf('Standard', 'AzureDnsZone'),
  largeFileSharesState: oneOf('Disabled', 'Enabled'),
  networkAcls: isRecord,
  encryption: isRecord,
  sasPolicy: isRecord,
  keyPolicy: isRecord,
  routingPreference: isRecord,
}

const accounts: Contract = {
  type: 'Microsoft.Storage/storageAccounts',
  // The one that Azure Stack Hub has.
  oldestVersion: '2019-06-01',
  properties: {
    sku: record({ name: text(/^(Standard|Premium|StandardV2|PremiumV2)_[A-Z]+$/), tier: text() }),
    kind: oneOf('Storage', 'StorageV2', 'BlobStorage', 'FileStorage', 'BlockBlobStorage'),
    location: text(/^[A-Za-z0-9 ]+$/),
    tags: isTags,
    identity: isRecord,
    extendedLocation: isRecord,
    properties: record(accountProperties),
  },
  required: ['sku.name', 'kind', 'location'],
  making: 'location',
  deleting: 'at-once',
}

const connection = record({
  ...readOnly,
  properties: record({
    privateLinkServiceId: text(/^\/subscriptions\//),
    groupIds: listOf(text(/./)),
    requestMessage: text(/^.{0,140}$/),
    privateLinkServiceConnectionState: isRecord,
  }),
})

const privateEndpoints: Contract = {
  type: 'Microsoft.Network/privateEndpoints',
  // The first with customNetworkInterfaceName.
  oldestVersion: '2021-05-01',
  properties: {
    ...readOnly,
    location: text(/./),
    tags: isTags,
    extendedLocation: isRecord,
    properties: record({
      subnet: record({ ...readOnly, id: text(/\/subnets\/[^/]+$/i), properties: isRecord }),
      customNetworkInterfaceName: text(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}$/),
      privateLinkServiceConnections: listOf(connection),
      manualPrivateLinkServiceConnections: listOf(connection),
      applicationSecurityGroups: listOf(isRecord),
      customDnsConfigs: listOf(isRecord),
      ipConfigurations: listOf(isRecord),
    }),
  },
  required: ['location', 'properties.subnet.id', 'properties.privateLinkServiceConnections'],
  making: 'async-operation',
  deleting: 'location',
}

const zoneGroups: Contract = {
  type: 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups',
  oldestVersion: '2020-03-01',
  properties: {
    ...readOnly,
    properties: record({
      privateDnsZoneConfigs: listOf(
        record({
          ...readOnly,
          properties: record({ privateDnsZoneId: text(/\/privateDnsZones\/[^/]+$/i) }),
        }),
      ),
    }),
  },
  required: ['properties.privateDnsZoneConfigs'],
  making: 'async-operation',
  deleting: 'location',
}

const zones: Contract = {
  type: 'Microsoft.Network/privateDnsZones',
  oldestVersion: '2018-09-01',
  properties: { ...readOnly, location: isGlobal, tags: isTags, properties: record({}) },
  required: ['location'],
  making: 'both',
  deleting: 'location',
}

const addressRecords: Contract = {
  type: 'Microsoft.Network/privateDnsZones/A',
  oldestVersion: '2018-09-01',
  properties: {
    ...readOnly,
    properties: record({
      ttl: (value) => Number.isInteger(value) && Number(value) > 0,
      metadata: isRecord,
      aRecords: listOf(record({ ipv4Address: text(/^\d+\.\d+\.\d+\.\d+$/) })),
    }),
  },
  required: ['properties.ttl', 'properties.aRecords'],
  making: 'at-once',
  deleting: 'at-once',
}

const links: Contract = {
  type: 'Microsoft.Network/privateDnsZones/virtualNetworkLinks',
  oldestVersion: '2018-09-01',
  properties: {
    ...readOnly,
    location: isGlobal,
    tags: isTags,
    properties: record({
      virtualNetwork: reference,
      registrationEnabled: isBoolean,
      resolutionPolicy: oneOf('Default', 'NxDomainRedirect'),
    }),
  },
  required: ['location', 'properties.virtualNetwork.id', 'properties.registrationEnabled'],
  making: 'both',
  deleting: 'location',
}

const network = (type: string): Contract => ({
  type: `Microsoft.Network/${type}`,
  oldestVersion: '2018-10-01',
  properties: { ...readOnly, location: text(/./), tags: isTags, properties: anything },
  required: [],
  making: 'at-once',
  deleting: 'at-once',
})

const all: ReadonlyArray<Contract> = [
  accounts,
  privateEndpoints,
  zoneGroups,
  zones,
  addressRecords,
  links,
  network('virtualNetworks'),
  network('virtualNetworks/subnets'),
  network('networkInterfaces'),
]

/** The contract of a type, however its letters are; undefined for a type that is not known here. */
export const contractOf = (type: string): Contract | undefined =>
  all.find((contract) => contract.type.toLowerCase() === type.toLowerCase())

const valueAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((at, name) => (isRecord(at) ? at[name] : undefined), value)

/** What is wrong with the body of a request that makes a resource, each as words for a person; empty if nothing. */
export const bodyProblems = (
  contract: Contract,
  body: JsonRecord,
  isPatch: boolean,
): ReadonlyArray<string> => [
  ...Object.entries(body).flatMap(([name, value]) =>
    value === null || contract.properties[name]?.(value) === true ? [] : [`'${name}' is not valid`],
  ),
  ...(isPatch ? [] : contract.required)
    .filter((path) => [undefined, null].includes(valueAt(body, path) as null | undefined))
    .map((path) => `'${path}' is required`),
]
