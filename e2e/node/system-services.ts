import type { ClusterClient } from '../cluster/cluster-client'
import {
  API_SERVER_PORT,
  HOST_ADDRESS,
  NAME_SERVER_ADDRESS,
  NAME_SERVICE_ADDRESS,
} from './node-addresses'

const slice = (
  service: string,
  namespace: string,
  address: string,
  ports: ReadonlyArray<unknown>,
): unknown => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: {
    name: service,
    namespace,
    labels: { 'kubernetes.io/service-name': service },
  },
  addressType: 'IPv4',
  endpoints: [{ addresses: [address], conditions: { ready: true } }],
  ports,
})

const namePorts = [
  { name: 'dns', port: 53, protocol: 'UDP' },
  { name: 'dns-tcp', port: 53, protocol: 'TCP' },
]

const nameService = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'kube-dns', namespace: 'kube-system' },
  spec: { clusterIP: NAME_SERVICE_ADDRESS, ports: namePorts },
}

const slices = '/apis/discovery.k8s.io/v1/namespaces'

/** Puts the API server behind the Service that is there for it, and CoreDNS behind one of its own. */
export const applySystemServices = async (client: ClusterClient): Promise<void> => {
  const apply = (path: string, object: unknown): Promise<unknown> =>
    client.send(
      'PATCH',
      `${path}?fieldManager=node&force=true`,
      object,
      'application/apply-patch+yaml',
    )
  const apiPorts = [{ name: 'https', port: API_SERVER_PORT, protocol: 'TCP' }]
  await apply(
    `${slices}/default/endpointslices/kubernetes`,
    slice('kubernetes', 'default', HOST_ADDRESS, apiPorts),
  )
  await apply('/api/v1/namespaces/kube-system/services/kube-dns', nameService)
  await apply(
    `${slices}/kube-system/endpointslices/kube-dns`,
    slice('kube-dns', 'kube-system', NAME_SERVER_ADDRESS, namePorts),
  )
}
