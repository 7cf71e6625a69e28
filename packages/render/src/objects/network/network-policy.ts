import { type ClusterFacts, type JsonObject, type KubeObject, names } from '../../model'
import { registrySelector } from '../labels'
import { hasMetricsPort } from '../monitoring/monitored'
import { namespaceNamed, port, toApiServer, toClusterDns } from './network-policy-rules'

const ingress: ReadonlyArray<JsonObject> = [
  { from: [namespaceNamed('openshift-monitoring')], ports: [port(names.REGISTRY_PORT)] },
  {
    from: [
      {
        namespaceSelector: { matchLabels: { 'policy-group.network.openshift.io/ingress': '' } },
      },
    ],
    ports: [port(names.REGISTRY_PORT)],
  },
  // Builds, nodes and routers come from anywhere: this rule includes the two above.
  { ports: [port(names.REGISTRY_PORT)] },
]

/** How the Prometheus operator labels those that ask for metrics; in which namespace they are, nobody knows. */
const fromPrometheus: JsonObject = {
  from: [
    {
      namespaceSelector: {},
      podSelector: {
        matchExpressions: [
          {
            key: 'app.kubernetes.io/name',
            operator: 'In',
            values: ['prometheus', 'prometheus-agent'],
          },
        ],
      },
    },
  ],
  ports: [port(names.REGISTRY_METRICS_PORT)],
}

const egress: ReadonlyArray<JsonObject> = [
  // Storage and upstream registries can be anywhere: this rule includes those below.
  {},
  toApiServer(8443),
  toClusterDns,
  {
    to: [
      {
        ipBlock: {
          cidr: '0.0.0.0/0',
          except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
        },
      },
    ],
    ports: [port(443)],
  },
]

/** Who may talk to the registry and whom it may talk to, the rules of the original in its order. */
export const networkPolicy = (
  facts: Pick<ClusterFacts, 'platform' | 'servedGroups' | 'release'>,
): KubeObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: names.NETWORK_POLICY_NAME, namespace: names.REGISTRY_NAMESPACE },
  spec: {
    podSelector: registrySelector,
    policyTypes: ['Ingress', 'Egress'],
    ingress: hasMetricsPort(facts) ? [...ingress, fromPrometheus] : ingress,
    egress,
  },
})
