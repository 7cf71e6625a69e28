import { type KubeObject, names } from '../model'
import { METRICS_PORT, OPERATOR_CONFIG_MAP } from './install-names'
import { releaseAnnotations } from './release-annotations'

const config = `apiVersion: config.openshift.io/v1
kind: GenericControllerConfig
servingInfo:
  bindAddress: ":${METRICS_PORT}"
`

/** Where the operator serves its metrics; the release tooling adds the cluster's TLS settings. */
export const operatorConfig: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: OPERATOR_CONFIG_MAP,
    namespace: names.REGISTRY_NAMESPACE,
    annotations: { ...releaseAnnotations, 'config.openshift.io/inject-tls': 'true' },
  },
  data: { 'config.yaml': config },
}
