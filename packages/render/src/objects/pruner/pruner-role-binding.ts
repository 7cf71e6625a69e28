import { type KubeObject, names } from '../../model'

/** That the clean-up's service account may do what the cluster role says. */
export const clusterRoleBinding: KubeObject = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: names.PRUNER_ROLE_BINDING_NAME },
  subjects: [
    {
      kind: 'ServiceAccount',
      name: names.PRUNER_SERVICE_ACCOUNT_NAME,
      namespace: names.REGISTRY_NAMESPACE,
    },
  ],
  roleRef: {
    apiGroup: 'rbac.authorization.k8s.io',
    kind: 'ClusterRole',
    name: names.PRUNER_ROLE_NAME,
  },
}
