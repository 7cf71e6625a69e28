import { type KubeObject, names } from '../../model'
import { toRule } from './alert'
import { operatorAlerts } from './operator-alerts'

/** The alerts about what the operator does, as Prometheus groups them. */
export const operatorAlertGroup = {
  name: 'image-registry-operator.rules',
  rules: operatorAlerts.map(toRule),
}

const apiVersion = `${names.MONITORING_GROUP}/v1`
const namespace = names.REGISTRY_NAMESPACE

/** What Prometheus is to know of the operator on plain Kubernetes. What it is to know of the registry comes with the registry. */
export const operatorMonitoring: ReadonlyArray<KubeObject> = [
  {
    apiVersion,
    kind: 'ServiceMonitor',
    metadata: { name: names.OPERATOR_METRICS_NAME, namespace },
    spec: {
      endpoints: [
        { interval: '60s', path: '/metrics', port: names.METRICS_PORT_NAME, scheme: 'http' },
      ],
      namespaceSelector: { matchNames: [namespace] },
      selector: { matchLabels: { name: names.OPERATOR_METRICS_NAME } },
    },
  },
  {
    apiVersion,
    kind: 'PrometheusRule',
    metadata: { name: names.ALERTS_NAME, namespace },
    spec: { groups: [operatorAlertGroup] },
  },
]
