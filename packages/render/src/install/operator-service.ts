import { type KubeObject, names } from '../model'
import {
  HEALTH_PORT,
  METRICS_PORT,
  METRICS_PORT_NAME,
  OPERATOR_NAME,
  OPERATOR_SERVICE_NAME,
  OPERATOR_TLS_SECRET,
} from './install-names'
import type { InstallOptions } from './install-options'
import { releaseAnnotations } from './release-annotations'

/** How the operator's metrics are found. It has no address of its own: each pod is asked. */
export const operatorService = ({ platform }: Pick<InstallOptions, 'platform'>): KubeObject => {
  const port = platform === 'OpenShift' ? METRICS_PORT : HEALTH_PORT
  const certificate =
    platform === 'OpenShift'
      ? { 'service.alpha.openshift.io/serving-cert-secret-name': OPERATOR_TLS_SECRET }
      : {}
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: OPERATOR_SERVICE_NAME,
      namespace: names.REGISTRY_NAMESPACE,
      annotations: { ...releaseAnnotations, ...certificate },
      labels: { name: OPERATOR_SERVICE_NAME },
    },
    spec: {
      clusterIP: 'None',
      ports: [{ name: METRICS_PORT_NAME, port, protocol: 'TCP', targetPort: port }],
      selector: { name: OPERATOR_NAME },
    },
  }
}
