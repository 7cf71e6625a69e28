import { type CloudReading, type SwiftStorage, textOf } from '../../model'
import { authUrl } from '../../storage/auth-url'

/** Where a Swift is: what the Config leaves open, a clouds.yaml says. */
export const swiftPlace = (
  storage: SwiftStorage,
  cloud: CloudReading | undefined,
): SwiftStorage => {
  if (cloud === undefined) return storage
  const authVersion = versionOf(storage, cloud)
  return {
    ...storage,
    authVersion,
    authUrl: orElse(storage.authUrl, authUrl(cloud.authUrl, authVersion) ?? ''),
    domain: orElse(storage.domain, cloud.domain),
    domainId: orElse(storage.domainId, cloud.domainId),
    tenant: orElse(storage.tenant, cloud.project),
    tenantId: orElse(storage.tenantId, cloud.projectId),
    regionName: orElse(storage.regionName, cloud.region),
  }
}

const orElse = (text: string, other: string): string => (text === '' ? other : text)

/** That of the Config is complete: it is the usual one where the Config does not say. */
const versionOf = (
  { asSpecified, authVersion }: SwiftStorage,
  { identityVersion }: CloudReading,
): number => {
  const isOpen = textOf(asSpecified['authVersion']) === ''
  const [, version] = /^([123])(?:\.\d+)?$/.exec(identityVersion) ?? []
  return isOpen && version !== undefined ? Number(version) : authVersion
}
