import type { AcceptedDifference } from './accepted-difference'
import { onlyOurs } from './value-relations'

/** In what a cluster where something else was asked for before may differ from one where an operator starts anew. */
export const pastDifferences: ReadonlyArray<AcceptedDifference> = [
  {
    row: '7.7',
    why: 'a Config that was managed once is waited for when it is deleted',
    at: [
      'Config/cluster metadata.finalizers',
      'Config/cluster held.image-registry-operator',
      'Config/cluster held.image-registry-operator .f:metadata',
      'Config/cluster held.image-registry-operator.f:metadata',
    ],
    when: onlyOurs,
  },
  {
    row: '6.4',
    why: 'images are not deleted because others are kept elsewhere now',
    at: ['PersistentVolumeClaim/image-registry-storage'],
    when: onlyOurs,
  },
  {
    row: '6.2',
    why: 'whose a storage is stays as it was decided, where nothing says that the decision was about another one',
    at: [
      'Config/cluster *.storage.managementState',
      'Config/cluster status.storageManaged',
      'Config/cluster spec.storage',
      'Config/cluster held.image-registry-operator.f:spec.f:storage*',
    ],
  },
  {
    row: '9.1',
    why: 'images that are left behind are told',
    at: [
      'Config/cluster status.conditions[StorageLeftBehind]',
      'Config/cluster held.image-registry-operator-status *{"type":"StorageLeftBehind"}',
    ],
    when: onlyOurs,
  },
  {
    row: '9.6',
    why: 'a version that was reached is not taken back',
    at: [
      'ClusterOperator/image-registry status.versions',
      'ClusterOperator/image-registry held.*.f:versions',
    ],
    when: onlyOurs,
  },
]
