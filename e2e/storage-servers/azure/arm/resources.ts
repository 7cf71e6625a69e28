import { randomBytes, randomUUID } from 'node:crypto'

import { isRecord, type JsonRecord } from '../../front/json-shape'
import { type ArmError, armError } from './arm-error'
import { resourceKey, type ResourcePath } from './resource-path'

/** A resource as Azure shows it. */
export type Resource = Readonly<{
  id: string
  name: string
  type: string
  properties: JsonRecord
  tags?: JsonRecord
  location?: string
}> &
  JsonRecord

/** All resources there are, and the keys of the storage accounts among them. */
export type Resources = Readonly<{
  get: (id: string) => Resource | undefined
  all: () => ReadonlyArray<Resource>
  /** Puts one in place of what was there, as it is. */
  set: (resource: Resource) => void
  /** Takes one away, with what is below it. */
  remove: (id: string) => void
}>

export const makeResources = (): Resources => {
  const kept = new Map<string, Resource>()
  return {
    get: (id) => kept.get(resourceKey(id)),
    all: () => [...kept.values()],
    set: (resource) => void kept.set(resourceKey(resource.id), resource),
    remove: (id) => {
      const key = resourceKey(id)
      for (const other of [...kept.keys()])
        if (other === key || other.startsWith(`${key}/`)) kept.delete(other)
    },
  }
}

const idIn = (value: unknown): string => (isRecord(value) ? String(value['id']) : '')

/** What a request asks to be made, and what there is. */
type Wish = Readonly<{ resource: Resource; resources: Resources }>

const missing = (id: string): ArmError =>
  armError(
    400,
    'InvalidResourceReference',
    `Resource ${id} referenced by the request was not found.`,
  )

const isOfType = (resource: Resource, type: string): boolean =>
  resource.type.toLowerCase() === type.toLowerCase()

const subnetExists = ({ resource, resources }: Wish): boolean => {
  const id = idIn(resource.properties['subnet'])
  const network = resources.get(id.replace(/\/subnets\/[^/]+$/i, ''))
  const subnets = (network?.properties['subnets'] ?? []) as ReadonlyArray<unknown>
  return subnets.some((subnet) => resourceKey(idIn(subnet)) === resourceKey(id))
}

const connectionsOf = ({ properties }: Resource): ReadonlyArray<JsonRecord> =>
  (properties['privateLinkServiceConnections'] ?? []) as ReadonlyArray<JsonRecord>

const targetOf = (connection: JsonRecord): string =>
  isRecord(connection['properties']) ? String(connection['properties']['privateLinkServiceId']) : ''

const problemOfEndpoint = (wish: Wish): ArmError | undefined => {
  if (!subnetExists(wish)) return missing(idIn(wish.resource.properties['subnet']))
  const lost = connectionsOf(wish.resource)
    .map(targetOf)
    .find((id) => wish.resources.get(id) === undefined)
  return lost === undefined ? undefined : missing(lost)
}

const problemOfLink = ({ resource, resources }: Wish): ArmError | undefined => {
  const id = idIn(resource.properties['virtualNetwork'])
  if (resources.get(id) === undefined) return missing(id)
  const zone = resourceKey(resource.id.replace(/\/[^/]+$/, '/'))
  const other = resources
    .all()
    .find(
      (link) =>
        resourceKey(link.id).startsWith(zone) &&
        resourceKey(link.id) !== resourceKey(resource.id) &&
        resourceKey(idIn(link.properties['virtualNetwork'])) === resourceKey(id),
    )
  return other && armError(409, 'Conflict', 'The virtual network is linked to the zone already.')
}

const problemOfZoneGroup = ({ resource, resources }: Wish): ArmError | undefined => {
  const configs = resource.properties['privateDnsZoneConfigs'] as ReadonlyArray<JsonRecord>
  const zones = configs.map(({ properties }) =>
    isRecord(properties) ? String(properties['privateDnsZoneId']) : '',
  )
  const lost = zones.find((id) => resources.get(id) === undefined)
  return lost === undefined ? undefined : missing(lost)
}

const problemOfAccount = ({ resource, resources }: Wish): ArmError | undefined => {
  if (!/^[a-z0-9]{3,24}$/.test(resource.name))
    return armError(
      400,
      'AccountNameInvalid',
      `${resource.name} is not a valid storage account name.`,
    )
  const other = resources
    .all()
    .find((one) => isOfType(one, resource.type) && one.name === resource.name)
  if (other === undefined) return undefined
  if (resourceKey(other.id) !== resourceKey(resource.id))
    return armError(
      409,
      'StorageAccountAlreadyTaken',
      `The account ${resource.name} is already taken.`,
    )
  return other.location === resource.location
    ? undefined
    : armError(409, 'InvalidResourceLocation', `The account ${resource.name} is elsewhere.`)
}

const problems: Readonly<Record<string, (wish: Wish) => ArmError | undefined>> = {
  'microsoft.storage/storageaccounts': problemOfAccount,
  'microsoft.network/privateendpoints': problemOfEndpoint,
  'microsoft.network/privateendpoints/privatednszonegroups': problemOfZoneGroup,
  'microsoft.network/privatednszones/virtualnetworklinks': problemOfLink,
}

/** Why a resource cannot be, given the others; undefined if it can. Resources inside others need those. */
export const problemOfResource = (wish: Wish, path: ResourcePath): ArmError | undefined => {
  const parent = wish.resource.id.split('/').slice(0, -2).join('/')
  if (path.names.length > 1 && wish.resources.get(parent) === undefined)
    return armError(
      404,
      'ParentResourceNotFound',
      `The parent of ${wish.resource.id} was not found.`,
    )
  return problems[path.type]?.(wish)
}

const accountDefaults = ({ name, location }: Resource): JsonRecord => ({
  creationTime: new Date().toISOString(),
  primaryLocation: location,
  statusOfPrimary: 'available',
  supportsHttpsTrafficOnly: true,
  minimumTlsVersion: 'TLS1_0',
  allowBlobPublicAccess: false,
  publicNetworkAccess: 'Enabled',
  primaryEndpoints: { blob: `https://${name}.blob.core.windows.net/` },
})

/** The n-th address of a subnet, the number being how many interfaces there are. */
const nextAddress = (resources: Resources): string => {
  const taken = resources.all().filter(({ type }) => /networkInterfaces$/i.test(type)).length
  return `10.0.1.${taken + 4}`
}

const interfaceOf = (endpoint: Resource, resources: Resources): Resource => {
  const { customNetworkInterfaceName, subnet } = endpoint.properties
  const name = String(customNetworkInterfaceName ?? `${endpoint.name}.nic.${randomUUID()}`)
  const id = endpoint.id.replace(/privateEndpoints\/[^/]+$/i, `networkInterfaces/${name}`)
  const address = {
    privateIPAddress: nextAddress(resources),
    privateIPAllocationMethod: 'Dynamic',
    subnet,
    primary: true,
  }
  return {
    id,
    name,
    type: 'Microsoft.Network/networkInterfaces',
    ...(endpoint.location !== undefined && { location: endpoint.location }),
    properties: {
      provisioningState: 'Succeeded',
      ipConfigurations: [{ name: 'one', properties: address }],
    },
  }
}

const approved = (connection: JsonRecord): JsonRecord => ({
  ...connection,
  properties: {
    ...(connection['properties'] as JsonRecord),
    provisioningState: 'Succeeded',
    privateLinkServiceConnectionState: { status: 'Approved', actionsRequired: 'None' },
  },
})

const withInterface = (endpoint: Resource, resources: Resources): Resource => {
  const [known] = (resources.get(endpoint.id)?.properties['networkInterfaces'] ??
    []) as ReadonlyArray<JsonRecord>
  const made = known === undefined ? interfaceOf(endpoint, resources) : undefined
  if (made !== undefined) resources.set(made)
  return {
    ...endpoint,
    properties: {
      ...endpoint.properties,
      networkInterfaces: [{ id: made?.id ?? known?.['id'] }],
      privateLinkServiceConnections: connectionsOf(endpoint).map(approved),
    },
  }
}

/** A resource with all that Azure adds to what was sent; what it needs beside itself is made. */
export const completed = (resource: Resource, resources: Resources): Resource => {
  const before = resources.get(resource.id)?.properties ?? {}
  if (isOfType(resource, 'Microsoft.Storage/storageAccounts')) {
    const properties = { ...accountDefaults(resource), ...before, ...resource.properties }
    return { ...resource, properties }
  }
  if (isOfType(resource, 'Microsoft.Network/privateEndpoints'))
    return withInterface(resource, resources)
  return isOfType(resource, 'Microsoft.Network/privateDnsZones/A')
    ? { ...resource, properties: { ...resource.properties, isAutoRegistered: false } }
    : resource
}

/** Why a resource cannot be taken away; undefined if it can. */
export const problemOfDeletion = (
  resource: Resource,
  resources: Resources,
): ArmError | undefined => {
  const isLinked =
    isOfType(resource, 'Microsoft.Network/privateDnsZones') &&
    resources
      .all()
      .some(({ id }) =>
        resourceKey(id).startsWith(`${resourceKey(resource.id)}/virtualnetworklinks/`),
      )
  return isLinked
    ? armError(
        409,
        'CannotDeleteResource',
        'Can not delete resource before nested resources are deleted.',
      )
    : undefined
}

/** Takes a resource away with what was made beside it. */
export const removeResource = (resource: Resource, resources: Resources): void => {
  const interfaces = (resource.properties['networkInterfaces'] ?? []) as ReadonlyArray<JsonRecord>
  for (const one of interfaces) resources.remove(String(one['id']))
  resources.remove(resource.id)
}

/** A new key of a storage account. */
export const accountKey = (): string => randomBytes(64).toString('base64')
