import { type KubeObject, names } from '../../model'

import type { DiscoveredGroup } from '../codecs/foreign/api-group-discovery-list'
import { ofKind } from '../readings'

/**
 * Whether version v1 of BackendTLSPolicy is served; where versions or resources are not told, what is told has to do. An answer
 * without the group is not all of it where there are objects of that group: then they tell.
 */
export const servesBackendTls = (
  groups: ReadonlyArray<DiscoveredGroup> | undefined,
  objects: ReadonlyArray<KubeObject>,
): boolean => {
  const found = groups?.filter(({ metadata }) => metadata?.name === names.GATEWAY_GROUP)
  if (found === undefined) return true
  if (found.length === 0) return ofKind(objects, names.GATEWAY_GROUP, 'BackendTLSPolicy').length > 0
  const versions = found.flatMap((group) => group.versions ?? [])
  return (
    versions.length === 0 ||
    versions.some(
      ({ version, resources }) =>
        version === 'v1' &&
        (resources?.some(({ resource }) => resource === 'backendtlspolicies') ?? true),
    )
  )
}
