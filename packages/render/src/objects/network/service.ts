import { type ClusterFacts, type KubeObject, names } from '../../model'
import { registryLabels } from '../labels'

/** It makes OpenShift's service CA mint the certificate. */
const certificateWish = {
  'service.alpha.openshift.io/serving-cert-secret-name': names.SERVING_CERTIFICATE_SECRET,
}

/** The address of the registry inside the cluster. */
export const service = ({ platform }: Pick<ClusterFacts, 'platform'>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: names.REGISTRY_NAME,
    namespace: names.REGISTRY_NAMESPACE,
    labels: registryLabels,
    ...(platform === 'OpenShift' ? { annotations: certificateWish } : {}),
  },
  spec: {
    selector: registryLabels,
    ports: [
      {
        name: `${names.REGISTRY_PORT}-tcp`,
        port: names.REGISTRY_PORT,
        protocol: 'TCP',
        targetPort: names.REGISTRY_PORT,
      },
    ],
  },
})
