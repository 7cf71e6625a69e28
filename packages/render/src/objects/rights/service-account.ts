import { type KubeObject, names } from '../../model'

/** The identity of the registry's pods. Its lists of secrets belong to other controllers. */
export const serviceAccount: KubeObject = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: names.SERVICE_ACCOUNT_NAME, namespace: names.REGISTRY_NAMESPACE },
}
