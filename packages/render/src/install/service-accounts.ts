import { type KubeObject, names } from '../model'
import { OPERATOR_NAME } from './install-names'
import { releaseAnnotations } from './release-annotations'

const serviceAccount = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace: names.REGISTRY_NAMESPACE, annotations: releaseAnnotations },
})

/** The identity of the operator. */
export const operatorServiceAccount = serviceAccount(OPERATOR_NAME)

/** The identity of the pods that put authorities onto the nodes. */
export const nodeCaServiceAccount = serviceAccount(names.NODE_CA_NAME)
