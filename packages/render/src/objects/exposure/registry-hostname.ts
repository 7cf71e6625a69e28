import * as E from 'fp-ts/Either'

import { type ClusterFacts, names, type Wishes } from '../../model'

const HTTPS_PORT = 443

/** The name of the registry's Service inside the cluster, without a port. */
export const SERVICE_HOSTNAME = `${names.REGISTRY_NAME}.${names.REGISTRY_NAMESPACE}.svc`

/**
 * The port of the registry's Service as it is after this pass: a registry that we manage will have one, a removed
 * one has none any more. Waiting until that is seen would cost a second write. Undefined where there is none.
 */
export const registryPort = (
  { config }: Pick<Wishes, 'config'>,
  { servicePort }: Pick<ClusterFacts, 'servicePort'>,
): number | undefined => {
  if (E.isLeft(config)) return servicePort
  switch (config.right.managementState) {
    case 'Managed':
      return names.REGISTRY_PORT
    case 'Unmanaged':
      return servicePort
    case 'Removed':
      return undefined
  }
}

/** A host name with a separator and the port, which goes without saying where it is that of HTTPS. */
export const withPort = (hostname: string, separator: string, port: number): string =>
  port === HTTPS_PORT ? hostname : `${hostname}${separator}${port}`

/** Under which name the registry is reached inside the cluster; empty while it cannot be. */
export const internalRegistryHostname = (
  wishes: Pick<Wishes, 'config'>,
  facts: Pick<ClusterFacts, 'servicePort'>,
): string => {
  const port = registryPort(wishes, facts)
  return port === undefined ? '' : withPort(SERVICE_HOSTNAME, ':', port)
}
