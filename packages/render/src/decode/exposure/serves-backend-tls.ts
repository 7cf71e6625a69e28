import { names } from '../../model'

import type { DiscoveredGroup } from '../codecs/foreign/api-group-discovery-list'

/** Whether version v1 of BackendTLSPolicy is served; where versions or resources are not told, what is told has to do. */
export const servesBackendTls = (groups: ReadonlyArray<DiscoveredGroup>): boolean => {
  const versions = groups
    .filter(({ metadata }) => metadata?.name === names.GATEWAY_GROUP)
    .flatMap((group) => group.versions ?? [])
  return (
    versions.length === 0 ||
    versions.some(
      ({ version, resources }) =>
        version === 'v1' &&
        (resources?.some(({ resource }) => resource === 'backendtlspolicies') ?? true),
    )
  )
}
