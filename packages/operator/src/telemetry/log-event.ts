/** One field that an action changed. Values are never logged. */
type LoggedChange = { readonly path: string; readonly why: string }

/**
 * Everything that the operator ever logs. A case holds the fields of the line; its message is constant,
 * so that lines can be counted and searched. Nothing here may hold a value of a Secret.
 */
export type LogEvent =
  | {
      readonly _tag: 'Starting'
      readonly version: string
      readonly release: string
      readonly namespace: string
    }
  | { readonly _tag: 'Listening'; readonly address: string }
  | { readonly _tag: 'LeadershipAcquired'; readonly identity: string }
  | { readonly _tag: 'LeadershipLost'; readonly identity: string }
  | { readonly _tag: 'LeaseReleased'; readonly identity: string }
  | { readonly _tag: 'LeaseProblem'; readonly error: string }
  | { readonly _tag: 'CacheSynced'; readonly tookMs: number }
  | { readonly _tag: 'WatchProblem'; readonly kind: string; readonly error: string }
  | {
      readonly _tag: 'ObjectApplied'
      readonly object: string
      readonly change: 'create' | 'update'
      readonly fields: ReadonlyArray<LoggedChange>
    }
  | { readonly _tag: 'ObjectDeleted'; readonly object: string; readonly because: string }
  | { readonly _tag: 'WriteFailed'; readonly object: string; readonly error: string }
  | { readonly _tag: 'WriteSkipped'; readonly object: string }
  | {
      readonly _tag: 'CorrectionContested'
      readonly object: string
      readonly fields: ReadonlyArray<string>
      /** Field managers, as they call themselves. */
      readonly heldBy: ReadonlyArray<string>
    }
  | { readonly _tag: 'StatusFailed'; readonly error: string }
  | {
      readonly _tag: 'ConditionChanged'
      readonly type: string
      readonly status: string
      readonly reason: string
      readonly text: string
    }
  | { readonly _tag: 'UnreadableObject'; readonly object: string; readonly problems: string }
  | { readonly _tag: 'Unexpected'; readonly error: string; readonly stack: string }
  | { readonly _tag: 'Stopping'; readonly because: string }
  | { readonly _tag: 'Stopped'; readonly tookMs: number }

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

type Line = { readonly level: LogLevel; readonly message: string }

/** What each event says, and how loudly. */
export const LOG_LINES: { readonly [Tag in LogEvent['_tag']]: Line } = {
  Starting: { level: 'info', message: 'starting' },
  Listening: { level: 'info', message: 'serving health and metrics' },
  LeadershipAcquired: { level: 'info', message: 'became the leader' },
  LeadershipLost: { level: 'warn', message: 'lost the lease' },
  LeaseReleased: { level: 'info', message: 'released the lease' },
  LeaseProblem: { level: 'warn', message: 'cannot reach the lease' },
  CacheSynced: { level: 'info', message: 'read the cluster' },
  WatchProblem: { level: 'warn', message: 'watch broken, trying again' },
  ObjectApplied: { level: 'info', message: 'applied object' },
  ObjectDeleted: { level: 'info', message: 'deleted object' },
  WriteFailed: { level: 'error', message: 'cannot write object' },
  WriteSkipped: {
    level: 'warn',
    message: 'did not write object: stopping, or not sure of the lease',
  },
  CorrectionContested: {
    level: 'warn',
    message: 'somebody keeps changing what the operator puts back, which now waits in between',
  },
  StatusFailed: { level: 'error', message: 'cannot write status' },
  ConditionChanged: { level: 'info', message: 'condition changed' },
  UnreadableObject: { level: 'warn', message: 'cannot understand object' },
  Unexpected: { level: 'error', message: 'unexpected failure, this is a defect' },
  Stopping: { level: 'info', message: 'stopping' },
  Stopped: { level: 'info', message: 'stopped' },
}
