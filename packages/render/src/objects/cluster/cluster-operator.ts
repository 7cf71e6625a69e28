import { type ClusterFacts, groupOf, names } from '../../model'
import { createdOnce, type Rendered } from '../rendered'

/** Where OpenShift looks how we are. Its status is written on its own; this only makes it where it is missing. */
export const clusterOperator = ({ servedGroups }: ClusterFacts): ReadonlyArray<Rendered> =>
  servedGroups.includes(groupOf(names.OPENSHIFT_API_VERSION))
    ? [
        createdOnce({
          apiVersion: names.OPENSHIFT_API_VERSION,
          kind: 'ClusterOperator',
          metadata: { name: names.CLUSTER_OPERATOR_NAME },
          spec: {},
        }),
      ]
    : []
