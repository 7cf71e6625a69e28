import { type ClusterFacts, names, type Wishes } from '../../model'
import { registryPort, SERVICE_HOSTNAME, withPort } from '../exposure/registry-hostname'
import { bundle } from './bundle'

/** Under this key OpenShift keeps the authority that signs the certificates of Services. */
const SERVICE_CA_KEY = 'service-ca.crt'

/** Under which names the registry is reached inside the cluster. */
const HOSTNAMES = [SERVICE_HOSTNAME, `${SERVICE_HOSTNAME}.cluster.local`]

/**
 * Whom to trust as the registry itself, by host. A key cannot have a colon: two dots stand before a port. Empty
 * while there is no Service, and while nobody has said who signs its certificate.
 */
export const ownAuthorities = (
  wishes: Pick<Wishes, 'config'>,
  facts: ClusterFacts,
): { readonly [host: string]: string } => {
  const port = registryPort(wishes, facts)
  const source = bundle(facts, names.REGISTRY_NAMESPACE, names.SERVICE_CA_CONFIG_MAP)
  const authority = source?.data[SERVICE_CA_KEY]
  return port === undefined || authority === undefined
    ? {}
    : Object.fromEntries(HOSTNAMES.map((host) => [withPort(host, '..', port), authority]))
}
