export type ConditionStatus = 'True' | 'False' | 'Unknown'

/** The conditions that are reported on the Config. */
export type ConditionType =
  | 'Available'
  | 'Progressing'
  | 'Degraded'
  | 'Removed'
  | 'StorageExists'
  | 'StoragePublicAccessBlocked'
  | 'StorageTagged'
  | 'StorageLabeled'
  | 'StorageEncrypted'
  | 'StorageIncompleteUploadCleanupEnabled'
  /** The credentials that are given now have been let in. */
  | 'StorageCredentialsAccepted'
  /** Images are in a storage that was in use before. */
  | 'StorageLeftBehind'
  | 'NodeCADaemonAvailable'
  | 'NodeCADaemonProgressing'
  | 'NodeCADaemonControllerDegraded'
  | 'ImageConfigControllerDegraded'
  | 'ImageRegistryCertificatesControllerDegraded'
  | 'AzureStackCloudControllerDegraded'
  | 'ConfigObservationDegraded'
  /** For kstatus tools: the one condition to wait for. */
  | 'Ready'
  /** For kstatus tools, abnormal-true: work is under way. */
  | 'Reconciling'
  /** For kstatus tools, abnormal-true: work cannot go on without a person. */
  | 'Stalled'

/** The conditions that are reported on the ImagePruner. */
export type PrunerConditionType = 'Available' | 'Failed' | 'Scheduled' | 'Degraded'

/** The conditions that are reported on the ClusterOperator. */
export type OperatorConditionType = 'Available' | 'Progressing' | 'Degraded'

/** A condition before it is given a time. `reason` is a CamelCase word, or empty. */
export type Condition<Type extends string = ConditionType> = {
  readonly type: Type
  readonly status: ConditionStatus
  readonly reason: string
  readonly message: string
}
