import { type KubeObject, names } from '../model'
import { releaseAnnotations } from './release-annotations'

/** The namespace of the operator and the registry. */
export const namespace: KubeObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: names.REGISTRY_NAMESPACE,
    annotations: {
      ...releaseAnnotations,
      'openshift.io/node-selector': '',
      'workload.openshift.io/allowed': 'management',
    },
    labels: {
      'openshift.io/cluster-monitoring': 'true',
      'pod-security.kubernetes.io/audit': 'privileged',
      'pod-security.kubernetes.io/enforce': 'privileged',
      'pod-security.kubernetes.io/warn': 'privileged',
    },
  },
}

/** Where OpenShift keeps the cluster's pull secret. Plain Kubernetes has no such namespace, so it is made there. */
export const configNamespace: KubeObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: names.CONFIG_NAMESPACE },
}
