import { type ClusterFacts, type KubeObject, names } from '../../model'
import { registryLabels } from '../labels'
import { hasMetricsPort, isMonitored } from './monitored'
import { operatorMonitoring } from './operator-monitoring'
import { converging, type Rendered } from '../rendered'

const labels = { name: names.METRICS_SERVICE_NAME } as const

/** Apart from the Service that clients use: that one may be open to the world. */
const metricsService: KubeObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: names.METRICS_SERVICE_NAME, namespace: names.REGISTRY_NAMESPACE, labels },
  spec: {
    clusterIP: 'None',
    ports: [
      {
        name: names.METRICS_PORT_NAME,
        port: names.REGISTRY_METRICS_PORT,
        protocol: 'TCP',
        targetPort: names.REGISTRY_METRICS_PORT,
      },
    ],
    selector: registryLabels,
  },
}

const registryMonitor: KubeObject = {
  apiVersion: `${names.MONITORING_GROUP}/v1`,
  kind: 'ServiceMonitor',
  metadata: { name: names.REGISTRY_NAME, namespace: names.REGISTRY_NAMESPACE },
  spec: {
    endpoints: [
      { interval: '30s', path: '/metrics', port: names.METRICS_PORT_NAME, scheme: 'http' },
    ],
    namespaceSelector: { matchNames: [names.REGISTRY_NAMESPACE] },
    selector: { matchLabels: labels },
  },
}

/** What Prometheus is to look at and to warn of, where plain Kubernetes has one that can be told. */
export const monitoring = (facts: ClusterFacts): ReadonlyArray<Rendered> => [
  ...(hasMetricsPort(facts) ? [metricsService, registryMonitor] : []).map((object) =>
    converging(object),
  ),
  ...(isMonitored(facts) ? operatorMonitoring : []).map((object) => converging(object)),
]
