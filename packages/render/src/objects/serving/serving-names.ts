import { type ClusterFacts, type Config, names } from '../../model'
import { externalHostnames } from '../exposure/external-hostnames'
import { SERVICE_HOSTNAME } from '../exposure/registry-hostname'

/** What a certificate is for: host names, and addresses. */
export type ServingNames = {
  readonly hosts: ReadonlyArray<string>
  readonly addresses: ReadonlyArray<string>
}

/** Under which names clients in the cluster reach the registry. */
export const IN_CLUSTER: ReadonlyArray<string> = [
  SERVICE_HOSTNAME,
  `${SERVICE_HOSTNAME}.cluster.local`,
  `${names.REGISTRY_NAME}.${names.REGISTRY_NAMESPACE}`,
]

/** `kubectl port-forward` leads there, and its certificate is to be checked like any other. */
const FORWARDED = { host: 'localhost', address: '127.0.0.1' }

const LONGEST = 253

/** What cannot be a name in a certificate is a matter of whoever uses it: it must not keep the others from having one. */
export const isHost = (text: string): boolean =>
  text.length <= LONGEST && /^(\*\.)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(text)

const IPV4 = /^\d+\.\d+\.\d+\.\d+$/

/** Every name and address that the registry's certificate is to be for, whatever the order in which people name them. */
export const servingNames = (
  config: Pick<Config, 'defaultRoute' | 'routes' | 'exposure'>,
  facts: Pick<ClusterFacts, 'serviceAddresses' | 'routeHosts'>,
): ServingNames => {
  const asked = externalHostnames(config, facts)
  const outside = asked.filter((host) => isHost(host) && !IPV4.test(host))
  const given = asked.filter((host) => IPV4.test(host))
  return {
    hosts: [...new Set([...IN_CLUSTER, FORWARDED.host, ...outside])],
    addresses: [...new Set([...facts.serviceAddresses, FORWARDED.address, ...given])],
  }
}
