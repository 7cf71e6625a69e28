import { type JsonObject, type KubeObject, names } from '../../model'
import { registrySelector } from '../labels'
import { port, toApiServer, toClusterDns } from '../network/network-policy-rules'
import { prunerPodLabels } from './pruner-labels'

const egress: ReadonlyArray<JsonObject> = [
  // The API server can be anywhere: this rule includes those below.
  {},
  toApiServer(6443),
  toClusterDns,
  { to: [{ podSelector: registrySelector }], ports: [port(names.REGISTRY_PORT)] },
]

/** Whom the clean-up may talk to, the rules of the original in its order. Nobody talks to it. */
export const networkPolicy: KubeObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: names.PRUNER_NETWORK_POLICY_NAME, namespace: names.REGISTRY_NAMESPACE },
  spec: {
    podSelector: { matchLabels: prunerPodLabels },
    // Traffic to it is refused by the policy for the whole namespace that comes with the cluster.
    policyTypes: ['Egress'],
    egress,
  },
}
