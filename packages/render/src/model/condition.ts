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
  /** Only on plain Kubernetes, and only where it is so: the window for deleting garbage is over, or will be, and the pods stay read-only. */
  | 'LeftReadOnly'
  | 'NodeCADaemonAvailable'
  | 'NodeCADaemonProgressing'
  | 'NodeCADaemonControllerDegraded'
  | 'ImageConfigControllerDegraded'
  | 'ImageRegistryCertificatesControllerDegraded'
  | 'AzureStackCloudControllerDegraded'
  /** Only on plain Kubernetes: clients have to say who they are, and everybody is let in who should be. */
  | 'AuthenticationConfigured'
  | 'ConfigObservationDegraded'
  /** For kstatus tools: the one condition to wait for. */
  | 'Ready'
  /** For kstatus tools, abnormal-true: work is under way. */
  | 'Reconciling'
  /** For kstatus tools, abnormal-true: work cannot go on without a person. */
  | 'Stalled'

/** The conditions that are reported on the ImagePruner. */
export type PrunerConditionType =
  | 'Available'
  | 'Failed'
  | 'Scheduled'
  | 'Degraded'
  /** Only on plain Kubernetes: what the last dry run has found has been deleted. */
  | 'GarbageCollected'

/** The conditions that are reported on the ClusterOperator. */
export type OperatorConditionType = 'Available' | 'Progressing' | 'Degraded'

/** Why the registry can be used, or cannot: the original's words, but for ScaledToZero. */
export type AvailableReason =
  | 'Unmanaged'
  | 'Removed'
  | 'Ready'
  | 'MinimumAvailability'
  | 'ScaledToZero'
  | 'NoReplicasAvailable'
  | 'DeploymentNotFound'
  | 'DeploymentDeleted'

/** Why it is, or is not, on its way to what the Config says; besides what keeps it from that. The original's words. */
export type ProgressingReason =
  | 'Unmanaged'
  | 'Removed'
  | 'Ready'
  | 'Error'
  | 'WaitingForDeployment'
  | 'DeletingDeployment'
  | 'DeletingStorage'
  | 'FinalizingDeployment'
  | 'DeploymentNotCompleted'

/** What is on its way to the registry from somebody else, so that nothing has to be done; a case of `RenderProblem`. */
export type AwaitedReason =
  'CertificateAwaited' | 'FirstUserAwaited' | 'MachineUnread' | 'StorageAwaited' | 'StoragePending'

/** What pods are still to do. */
export type PodsReason = 'DeploymentNotObserved' | 'Scaling'

/** A condition before it is given a time. `reason` is a CamelCase word, or empty. */
export type Condition<Type extends string = ConditionType> = {
  readonly type: Type
  readonly status: ConditionStatus
  readonly reason: string
  readonly message: string
}
