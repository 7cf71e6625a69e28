import { type KubeObject, names } from '../model'
import { registryLabels } from './labels'

/** The address of the registry inside the cluster. Its annotation makes OpenShift's service CA mint the certificate. */
export const service: KubeObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: names.REGISTRY_NAME,
    namespace: names.REGISTRY_NAMESPACE,
    labels: registryLabels,
    annotations: {
      'service.alpha.openshift.io/serving-cert-secret-name': names.SERVING_CERTIFICATE_SECRET,
    },
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
}
