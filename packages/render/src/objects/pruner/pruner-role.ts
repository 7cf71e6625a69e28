import { type KubeObject, names } from '../../model'
import { rule } from '../rights/policy-rule'

/** What the clean-up may do: see what is in use, and delete images that are not. */
export const clusterRole: KubeObject = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: names.PRUNER_ROLE_NAME },
  rules: [
    rule('', 'pods replicationcontrollers', 'get list'),
    rule('', 'limitranges', 'list'),
    rule('build.openshift.io', 'buildconfigs builds', 'get list'),
    rule('apps.openshift.io', 'deploymentconfigs', 'get list'),
    rule('batch', 'jobs cronjobs', 'get list'),
    rule('apps', 'daemonsets deployments replicasets statefulsets', 'get list'),
    rule(names.IMAGE_GROUP, 'images', 'delete'),
    rule(names.IMAGE_GROUP, 'images imagestreams', 'get list watch'),
    rule(names.IMAGE_GROUP, 'imagestreams/status', 'update'),
  ],
}
