import type { AcceptedDifference } from './accepted-difference'
import { refusedAtOnce, refused } from './case-groups'
import {
  said,
  beforeItsPods,
  behindItsPods,
  pruning,
  followingTheService,
  followingTheDeployment,
} from './difference-places'
import { onlyTheirs } from './value-relations'

/** Differences where we refuse or accept what the original does not. */
export const refusalDifferences: ReadonlyArray<AcceptedDifference> = [
  {
    row: '7.4',
    why: 'nothing is decided in a Config that is refused',
    at: ['Config/cluster metadata.finalizers', 'Config/cluster spec.observedConfig'],
    cases: [
      ...refused.filter((name) => name !== 'no-management-state'),
      'no-storage-where-there-is-no-default',
    ],
    when: onlyTheirs,
  },
  {
    row: '7.4',
    why: 'what only a person can put right is told at once',
    at: said('Degraded'),
    cases: ['a-namespace-with-a-group-and-no-range'],
  },
  {
    row: '15#21',
    why: 'a Config that cannot be used is refused at once, and nothing of the registry is touched',
    at: [
      ...said('Available', 'Progressing', 'Degraded'),
      ...followingTheDeployment,
      'Config/cluster status.conditions[StorageExists].*',
      'Config/cluster spec.storage.managementState',
      'Config/cluster status.storage.*',
      'Config/cluster status.storageManaged',
      ...beforeItsPods,
      'Deployment/image-registry',
      'Secret/image-registry-private-configuration',
      ...behindItsPods,
      ...followingTheService,
      pruning,
      'ClusterOperator/image-registry status.versions',
    ],
    cases: [...refusedAtOnce, 'an-observed-config-with-an-unknown-version'],
  },
  {
    row: '6.1',
    why: 'two kinds of storage are refused at once',
    at: said('Available', 'Progressing', 'Degraded'),
    cases: ['two-kinds-of-storage'],
  },
  {
    row: '15#30',
    why: 'storage that is gone is refused as such, and stays in the spec',
    at: [
      'Config/cluster spec.storage.oss',
      ...said('Available', 'Degraded').map((at) => at.replace('.*', '.reason')),
    ],
    cases: ['a-kind-of-storage-that-is-gone'],
  },
  {
    row: '15#18',
    why: 'no state is refused',
    at: [
      ...said('Available', 'Progressing', 'Degraded'),
      'Config/cluster status.conditions[ConfigObservationDegraded].*',
      'ClusterOperator/image-registry status.versions',
    ],
    cases: ['no-management-state'],
  },
  {
    row: '15#18',
    why: 'Force means Managed',
    at: [
      ...said('Available', 'Progressing'),
      ...followingTheDeployment,
      'Config/cluster metadata.finalizers',
      'Config/cluster status.storage.emptyDir',
      'Deployment/image-registry',
    ],
    cases: ['the-management-state-force'],
  },
]
