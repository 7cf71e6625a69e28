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
      // The pods that put authorities onto the nodes mount a folder of the host.
      'pod-security.kubernetes.io/audit': 'privileged',
      'pod-security.kubernetes.io/enforce': 'privileged',
      'pod-security.kubernetes.io/warn': 'privileged',
    },
  },
}

/** The same on plain Kubernetes: nothing there mounts anything of the host, so that no pod may. */
export const restrictedNamespace: KubeObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: names.REGISTRY_NAMESPACE,
    labels: Object.fromEntries(
      ['audit', 'enforce', 'warn'].map((mode) => [
        `pod-security.kubernetes.io/${mode}`,
        'restricted',
      ]),
    ),
  },
}

/** Where OpenShift keeps settings of the cluster, and what operators publish. Plain Kubernetes has neither; people put there whom to trust as the storage. */
export const configNamespaces: ReadonlyArray<KubeObject> = [
  names.CONFIG_NAMESPACE,
  names.CONFIG_MANAGED_NAMESPACE,
].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }))
