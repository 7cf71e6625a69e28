export type ConditionStatus = 'True' | 'False' | 'Unknown'

/** The conditions that the main controller reports on the Config. */
export type ConditionType =
  | 'Available'
  | 'Progressing'
  | 'Degraded'
  | 'Removed'
  | 'StorageExists'
  /** For kstatus tools: the one condition to wait for. */
  | 'Ready'
  /** For kstatus tools, abnormal-true: work is under way. */
  | 'Reconciling'
  /** For kstatus tools, abnormal-true: work cannot go on without a person. */
  | 'Stalled'

/** A condition before it is given a time. `reason` is a CamelCase word, or empty. */
export type Condition = {
  readonly type: ConditionType
  readonly status: ConditionStatus
  readonly reason: string
  readonly message: string
}
