import { type KubeObject, names } from '../model'
import { releaseAnnotations } from './release-annotations'

/** OpenShift puts the authorities that the cluster trusts into it; an update must not empty it again. */
export const trustedCa: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: names.TRUSTED_CA_CONFIG_MAP,
    namespace: names.REGISTRY_NAMESPACE,
    annotations: { ...releaseAnnotations, 'release.openshift.io/create-only': 'true' },
    labels: { 'config.openshift.io/inject-trusted-cabundle': 'true' },
  },
}
