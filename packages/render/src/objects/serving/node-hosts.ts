import { type ClusterFacts, type Config, names } from '../../model'
import { externalHostnames } from '../exposure/external-hostnames'
import { withPort } from '../exposure/registry-hostname'
import { contentOf } from '../content-digests'
import { certificateSource } from './certificate-source'
import { IN_CLUSTER, isHost } from './serving-names'

const urlOf = (address: string): string =>
  `https://${address.includes(':') ? `[${address}]` : address}:${names.REGISTRY_PORT}`

/** A certificate of the user's is for what the user has put into it; any other is for all addresses of the Service. */
const certifiedAddresses = (config: Config, facts: ClusterFacts): ReadonlyArray<string> => {
  if (certificateSource(config, facts) !== 'user') return facts.serviceAddresses
  const reading = contentOf(facts, 'Secret', {
    namespace: names.REGISTRY_NAMESPACE,
    name: names.SERVING_CERTIFICATE_SECRET,
  })?.readings?.['tls.crt']
  return facts.serviceAddresses.filter(
    (address) => reading?._tag === 'Certificate' && reading.names.includes(address),
  )
}

/**
 * Where nodes reach the registry, a line for each of its names: names of the cluster, which nodes cannot resolve, at the address
 * of the Service; those outside under themselves. Empty while there is none.
 */
export const nodeHosts = (config: Config, facts: ClusterFacts): string => {
  const inCluster = certifiedAddresses(config, facts)
    .slice(0, 1)
    .flatMap((address) =>
      IN_CLUSTER.map((host) => `${withPort(host, ':', names.REGISTRY_PORT)}=${urlOf(address)}`),
    )
  const outside = externalHostnames(config, facts).filter(
    (host) => isHost(host) && !host.startsWith('*'),
  )
  return [...inCluster, ...outside.map((host) => `${host}=https://${host}`)]
    .map((line) => `${line}\n`)
    .join('')
}
