import { type KubeObject, names } from '../../model'

/** That the registry's service account may do what the cluster role says. */
export const clusterRoleBinding: KubeObject = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: names.CLUSTER_ROLE_BINDING_NAME },
  subjects: [
    {
      kind: 'ServiceAccount',
      name: names.SERVICE_ACCOUNT_NAME,
      namespace: names.REGISTRY_NAMESPACE,
    },
  ],
  // The API server would fill the group in; said here, so that what we own is the whole reference.
  roleRef: {
    apiGroup: 'rbac.authorization.k8s.io',
    kind: 'ClusterRole',
    name: names.CLUSTER_ROLE_NAME,
  },
}
