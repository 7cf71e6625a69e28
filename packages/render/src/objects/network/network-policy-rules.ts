import type { JsonObject } from '../../model'

/** Every pod of a namespace. */
export const namespaceNamed = (name: string): JsonObject => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
})

/** A port that may be used. */
export const port = (number: number, protocol: 'TCP' | 'UDP' = 'TCP'): JsonObject => ({
  port: number,
  protocol,
})

/** That pods may talk to the API servers of OpenShift, which are pods themselves. */
export const toApiServer = (apiServerPort: number): JsonObject => ({
  to: [
    {
      ...namespaceNamed('openshift-kube-apiserver'),
      podSelector: { matchLabels: { app: 'openshift-kube-apiserver' } },
    },
  ],
  ports: [port(apiServerPort)],
})

/** That pods may look up names. */
export const toClusterDns: JsonObject = {
  to: [namespaceNamed('openshift-dns')],
  ports: [port(5353), port(5353, 'UDP')],
}
