import type { JsonObject } from '../../model'
import type { Grant } from './credentials-request'
import { takenBy } from './needs'
import { ANY_CONTAINER, swiftDriverNeeds, swiftRegistryNeeds } from './swift-needs'

/** OpenStack's credentials are of one kind: nothing can be chosen. */
export const openstackGrant: Grant = {
  name: 'openshift-image-registry-openstack',
  provider: 'OpenStackProviderSpec',
  fields: {},
  tokens: false,
}

/** All requests to Swift, in one container if that is given. */
export const swiftRules = (container = ANY_CONTAINER): ReadonlyArray<JsonObject> =>
  takenBy(swiftDriverNeeds, swiftRegistryNeeds).map((need) => {
    const [method = '', path = ''] = need.split(' ')
    return {
      service: 'object-store',
      method,
      path: path.split(ANY_CONTAINER).join(container),
    }
  })
