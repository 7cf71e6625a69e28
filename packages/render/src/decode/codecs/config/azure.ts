import { withDefault, withRule } from '../../../schema/modifiers'
import { optionalObject } from '../../../schema/object'
import { choice, shapedString, string } from '../../../schema/string'

/** Names of containers and buckets on clouds that do not allow dots. */
export const CONTAINER_NAME = {
  maxLength: 63,
  minLength: 3,
  pattern: '^[0-9a-z]+(-[0-9a-z]+)*$',
  inWords: 'lower-case letters and digits with single dashes between them, 3 to 63 characters',
}

const RESOURCE_NAME = {
  maxLength: 64,
  minLength: 2,
  pattern: '^[0-9A-Za-z][0-9A-Za-z_.-]*[0-9A-Za-z_]$',
  inWords:
    'letters, digits, underscores, dots and dashes, 2 to 64 characters, beginning with a letter or digit and ending with one or an underscore',
}

const INTERNAL = optionalObject('Details of the private endpoint. What is unset is found out.', {
  networkResourceGroupName: shapedString('Resource group of the network.', {
    maxLength: 90,
    minLength: 1,
    pattern: '^[0-9A-Za-z_.-](?:[0-9A-Za-z_.-]*[0-9A-Za-z_-])?$',
    inWords:
      'letters, digits, underscores, dots and dashes, 1 to 90 characters, not ending with a dot',
  }),
  privateEndpointName: shapedString('Name of the private endpoint.', RESOURCE_NAME),
  subnetName: shapedString('Name of the subnet.', {
    maxLength: 80,
    minLength: 1,
    pattern: '^[0-9A-Za-z](?:[0-9A-Za-z_.-]*[0-9A-Za-z_])?$',
    inWords:
      'letters, digits, underscores, dots and dashes, 1 to 80 characters, beginning with a letter or digit and ending with one or an underscore',
  }),
  vnetName: shapedString('Name of the virtual network.', RESOURCE_NAME),
})

const NETWORK_ACCESS = withRule(
  optionalObject('From where the storage account can be reached.', {
    internal: INTERNAL,
    type: withDefault(
      choice('Internal: through a private endpoint. External: from anywhere.', [
        'Internal',
        'External',
      ]),
      'External',
    ),
  }),
  {
    cel: "has(self.type) && self.type == 'Internal' ? true : !has(self.internal)",
    message: 'internal is forbidden when type is not Internal',
    remedy: 'set type to Internal, or remove internal',
    holds: ({ type, internal }) => type === 'Internal' || internal === undefined,
  },
)

/** Images in an Azure container. */
export const AZURE = optionalObject('Keep images in a container of an Azure storage account.', {
  accountName: string(
    'Name of the storage account. Empty: the operator makes one and writes its name here.',
  ),
  cloudName: string('Azure cloud, e.g. AzurePublicCloud or AzureUSGovernmentCloud.'),
  container: shapedString(
    'Name of the container. Empty: the operator makes one and writes its name here.',
    CONTAINER_NAME,
  ),
  networkAccess: withDefault(NETWORK_ACCESS, { type: 'External' }),
})
