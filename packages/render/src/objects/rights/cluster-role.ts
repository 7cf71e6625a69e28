import { type KubeObject, names } from '../../model'
import { rule } from './policy-rule'

/** What the registry may do: serve image streams, respect quotas, follow mirrors, ask who may do what. */
export const clusterRole: KubeObject = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: names.CLUSTER_ROLE_NAME },
  rules: [
    rule('', 'limitranges resourcequotas', 'list'),
    rule('image.openshift.io', 'imagestreamimages imagestreams/layers imagestreams/secrets', 'get'),
    rule('image.openshift.io', 'imagestreams', 'get update'),
    rule('image.openshift.io', 'imagestreamtags', 'delete'),
    rule('image.openshift.io', 'images', 'get update create'),
    rule('image.openshift.io', 'imagestreammappings', 'create'),
    rule('operator.openshift.io', 'imagecontentsourcepolicies', 'list'),
    rule('config.openshift.io', 'imagedigestmirrorsets imagetagmirrorsets', 'list'),
    rule('authorization.k8s.io', 'subjectaccessreviews', 'create'),
  ],
}
