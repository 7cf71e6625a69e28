import { type JsonObject, type KubeObject, names } from '../model'
import { METRICS_PORT, OPERATOR_NAME } from './install-names'
import { selfManagedAnnotations } from './release-annotations'

const port = (number: number, protocol: 'TCP' | 'UDP' = 'TCP'): JsonObject => ({
  port: number,
  protocol,
})

const namespaceNamed = (name: string): JsonObject => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
})

const policy = (name: string, spec: JsonObject): KubeObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: {
    name,
    namespace: names.REGISTRY_NAMESPACE,
    annotations: selfManagedAnnotations,
  },
  spec: { ...spec, policyTypes: ['Ingress', 'Egress'] },
})

const internet: JsonObject = {
  ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] },
}

const apiServer: JsonObject = {
  ...namespaceNamed('openshift-kube-apiserver'),
  podSelector: { matchLabels: { app: 'openshift-kube-apiserver' } },
}

/** Whoever has no policy of his own in the namespace of the registry talks to nobody. */
const defaultDenyAll = policy('default-deny-all', { podSelector: {} })

/** Whom the operator talks to, the rules of the original in its order. Its health is asked for by its node, which no policy keeps out. */
const operatorPolicy = policy('image-registry-operator-networkpolicy', {
  podSelector: { matchLabels: { name: OPERATOR_NAME } },
  ingress: [{ ports: [port(METRICS_PORT)] }],
  egress: [
    // The API server and the endpoints of a cloud can be anywhere, behind any proxy: this rule includes those below.
    {},
    { to: [apiServer], ports: [port(6443)] },
    { to: [namespaceNamed('openshift-dns')], ports: [port(5353), port(5353, 'UDP')] },
    { to: [internet], ports: [port(443)] },
  ],
})

/** Who may talk to what runs in the namespace of the registry, but for what the operator itself says of the pods it makes. */
export const networkPolicies: ReadonlyArray<KubeObject> = [defaultDenyAll, operatorPolicy]
