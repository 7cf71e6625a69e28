import type { AcceptedDifference } from './accepted-difference'
import {
  refusedByBoth,
  withoutRegistry,
  handedOverOrRemoved,
  missingAuthorities,
  stoppedBeforeTheService,
  stopped,
} from './case-groups'
import {
  said,
  beforeItsPods,
  behindItsPods,
  pruning,
  followingTheService,
  followingTheDeployment,
} from './difference-places'
import { onlyOurs, onlyTheirs } from './value-relations'

/** Differences of what is left. */
export const furtherDifferences: ReadonlyArray<AcceptedDifference> = [
  {
    row: '9.1',
    why: 'what became of the storage is always said',
    at: ['Config/cluster status.conditions[StorageExists]'],
    cases: [
      ...refusedByBoth,
      ...withoutRegistry,
      ...handedOverOrRemoved,
      'a-kind-of-storage-that-is-gone',
      'no-management-state',
      'no-storage-where-there-is-no-default',
      'the-management-state-force',
      'two-kinds-of-storage',
    ],
    when: onlyOurs,
  },
  {
    row: '15#40',
    why: 'objects are independent of those that cannot be said',
    at: [
      ...beforeItsPods,
      'Secret/image-registry-private-configuration',
      ...behindItsPods,
      ...followingTheService,
    ],
    cases: stopped,
    when: onlyOurs,
  },
  {
    row: '15#40',
    why: 'the registry is pruned where it has a Service',
    at: [pruning],
    cases: stoppedBeforeTheService,
  },
  {
    row: '15#40',
    why: 'what does not depend on the Config is there without one, and the ClusterOperator says what is awaited',
    at: ['ClusterOperator/image-registry', 'DaemonSet/node-ca'],
    cases: ['a-new-cluster-on-openstack'],
    when: onlyOurs,
  },
  {
    row: '15#5',
    why: 'without a pull secret, an empty set of credentials is enough',
    at: [
      ...said('Available', 'Progressing'),
      ...followingTheDeployment,
      'ClusterOperator/image-registry status.versions',
      'Deployment/image-registry',
    ],
    cases: ['no-pull-secret'],
  },
  {
    row: '15#4',
    why: 'no replicas are a registry at rest',
    at: [
      ...said('Available', 'Progressing'),
      'Config/cluster status.generations[image-registry]',
      'ClusterOperator/image-registry status.versions',
      'Deployment/image-registry',
    ],
    cases: ['no-replicas', 'no-replicas-recreated'],
  },
  {
    row: '15#20',
    why: 'a Route of somebody else is left alone, and told',
    at: [
      ...said('Progressing', 'Degraded'),
      'Image/cluster status.externalRegistryHostnames',
      'Route/public metadata.annotations',
      'Route/public spec.*',
    ],
    cases: ['a-route-that-somebody-else-made'],
  },
  {
    row: '15#13',
    why: 'what is missing degrades after two minutes',
    at: [
      ...said('Degraded').filter((at) => at.startsWith('ClusterOperator')),
      'Config/cluster status.conditions[ImageRegistryCertificatesControllerDegraded].*',
    ],
    cases: missingAuthorities,
  },
  {
    row: '15#40',
    why: 'the two ConfigMaps of authorities are independent',
    at: ['ConfigMap/image-registry-ca'],
    cases: ['an-additional-authority-that-is-missing'],
    when: onlyOurs,
  },
  {
    row: '15#40',
    why: 'an authority that is missing keeps back what holds it, not the registry',
    at: [
      ...said('Available', 'Progressing'),
      ...followingTheDeployment,
      'Config/cluster status.storage.s3',
      'ClusterOperator/image-registry status.versions',
      'Deployment/image-registry',
    ],
    cases: ['s3-with-an-authority-that-is-missing'],
  },
  {
    row: '8.11',
    why: 'what somebody else has set of the TLS settings stays',
    at: [
      'Config/cluster spec.observedConfig.*',
      'Deployment/image-registry spec.template.spec.containers[registry].env[*].value',
    ],
    cases: ['an-observed-config-of-ones-own', 'an-observed-config-with-an-unknown-version'],
  },
  {
    row: '15#22',
    why: 'empty lists and maps switch defaults off',
    at: ['Deployment/image-registry spec.template.spec.topologySpreadConstraints'],
    cases: ['an-empty-node-selector', 'no-spread-constraints'],
    when: onlyTheirs,
  },
  {
    row: '9.5',
    why: 'nothing is scheduled where there is no CronJob',
    at: ['ImagePruner/cluster status.conditions[Scheduled].*'],
    cases: ['a-pruner-with-a-schedule-that-is-none'],
  },
  {
    row: '15#46',
    why: 'reasons of members that are well are left out',
    at: ['ClusterOperator/image-registry status.conditions[Available].reason'],
    cases: ['a-pruner-with-a-schedule-that-is-none'],
  },
]
