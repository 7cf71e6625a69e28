import { type KubeObject, names } from '../model'
import { OPERATOR_NAME } from './install-names'
import { releaseAnnotations } from './release-annotations'

/** The identity of the operator. */
export const operatorServiceAccount: KubeObject = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: {
    name: OPERATOR_NAME,
    namespace: names.REGISTRY_NAMESPACE,
    annotations: releaseAnnotations,
  },
}
