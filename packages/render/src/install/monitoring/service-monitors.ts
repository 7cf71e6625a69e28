import { type JsonObject, type KubeObject, names } from '../../model'
import { METRICS_PORT, OPERATOR_SERVICE_NAME } from '../install-names'
import { releaseAnnotations } from '../release-annotations'

const MONITOR = { apiVersion: `${names.MONITORING_GROUP}/v1`, kind: 'ServiceMonitor' } as const

/** OpenShift's monitoring finds the authority of serving certificates there. */
const overTls = (service: string): JsonObject => ({
  scheme: 'https',
  tlsConfig: {
    caFile: '/etc/prometheus/configmaps/serving-certs-ca-bundle/service-ca.crt',
    serverName: `${service}.${names.REGISTRY_NAMESPACE}.svc`,
  },
})

const monitor = (name: string, spec: JsonObject): KubeObject => ({
  ...MONITOR,
  metadata: { name, namespace: names.REGISTRY_NAMESPACE, annotations: releaseAnnotations },
  spec,
})

/** The registry tells its metrics to whoever may get registry/metrics, so that Prometheus shows who it is. */
export const registryMonitor = monitor(names.REGISTRY_NAME, {
  endpoints: [
    {
      bearerTokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token',
      interval: '30s',
      path: '/extensions/v2/metrics',
      port: `${names.REGISTRY_PORT}-tcp`,
      targetPort: names.REGISTRY_PORT,
      ...overTls(names.REGISTRY_NAME),
    },
  ],
  namespaceSelector: { matchNames: [names.REGISTRY_NAMESPACE] },
  selector: {},
})

/** Has the operator asked for its metrics. */
export const operatorMonitor = monitor(OPERATOR_SERVICE_NAME, {
  endpoints: [
    {
      interval: '60s',
      path: '/metrics',
      targetPort: METRICS_PORT,
      ...overTls(OPERATOR_SERVICE_NAME),
    },
  ],
  namespaceSelector: { matchNames: [names.REGISTRY_NAMESPACE] },
  selector: { matchLabels: { name: OPERATOR_SERVICE_NAME } },
})
