import { type KubeObject, names, type Release } from '../model'
import { releaseAnnotations } from './release-annotations'

/**
 * What the cluster is told about us. An update of OpenShift waits until the operator reports the versions that stand
 * here; of a version that nobody named it would wait for ever.
 */
export const clusterOperator = ({ version }: Release): KubeObject => ({
  apiVersion: names.OPENSHIFT_API_VERSION,
  kind: 'ClusterOperator',
  metadata: { name: names.CLUSTER_OPERATOR_NAME, annotations: releaseAnnotations },
  spec: {},
  ...(version === '' ? {} : { status: { versions: [{ name: 'operator', version }] } }),
})
