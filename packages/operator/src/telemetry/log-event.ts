/** One field that an action changed. Values are never logged. */
type LoggedChange = { readonly path: string; readonly why: string }

/**
 * Everything that the operator ever logs. A case holds the fields of the line; its message is constant (but for two),
 * so that lines can be counted and searched. Nothing here may hold a value of a Secret.
 */
export type LogEvent =
  | {
      readonly _tag: 'Starting'
      readonly version: string
      readonly release: string
      readonly namespace: string
    }
  | { readonly _tag: 'CannotStart'; readonly error: string }
  | { readonly _tag: 'Listening'; readonly address: string }
  | { readonly _tag: 'WatchingFiles'; readonly files: ReadonlyArray<string> }
  | { readonly _tag: 'FileChanged'; readonly file: string }
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
  | { readonly _tag: 'ObjectReleased'; readonly object: string }
  | { readonly _tag: 'StorageWorkBegun'; readonly description: string }
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
  | { readonly _tag: 'EventFailed'; readonly reason: string; readonly error: string }
  | {
      readonly _tag: 'PassEnded'
      readonly result: string
      readonly tookMs: number
      readonly writes: number
    }
  | { readonly _tag: 'LogLevelChanged'; readonly before: string; readonly after: string }
  | {
      readonly _tag: 'ConditionChanged'
      readonly type: string
      readonly status: string
      readonly reason: string
      readonly text: string
    }
  | { readonly _tag: 'FirstConfigWithheld'; readonly problem: string }
  | { readonly _tag: 'UnreadableObject'; readonly object: string; readonly problems: string }
  | { readonly _tag: 'NodeCaSynced'; readonly counts: string }
  | { readonly _tag: 'NodeCaProblem'; readonly path: string; readonly error: string }
  | { readonly _tag: 'NodeCaFailed'; readonly error: string }
  | { readonly _tag: 'NodeCaStopping' }
  | {
      readonly _tag: 'NodeTrustSynced'
      readonly written: number
      readonly upToDate: number
      readonly removed: number
    }
  | { readonly _tag: 'NodeTrustProblem'; readonly error: string }
  | { readonly _tag: 'NodeTrustFailed'; readonly error: string }
  | { readonly _tag: 'NodeTrustStopping' }
  | { readonly _tag: 'Unexpected'; readonly error: string; readonly stack: string }
  | { readonly _tag: 'Stopping'; readonly because: string }
  | { readonly _tag: 'Stopped'; readonly tookMs: number }

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

type Line = { readonly level: LogLevel; readonly message: string }

/** What each event says, and how loudly. */
export const LOG_LINES: { readonly [Tag in LogEvent['_tag']]: Line } = {
  Starting: { level: 'info', message: 'Cluster Image Registry Operator Version:' },
  CannotStart: { level: 'error', message: 'cannot start' },
  Listening: { level: 'info', message: 'serving health and metrics' },
  WatchingFiles: { level: 'info', message: 'Watching files' },
  FileChanged: { level: 'info', message: 'a watched file changed' },
  LeadershipAcquired: { level: 'info', message: 'successfully acquired lease' },
  LeadershipLost: { level: 'warn', message: 'lost the lease' },
  LeaseReleased: { level: 'info', message: 'released the lease' },
  LeaseProblem: { level: 'warn', message: 'cannot reach the lease' },
  CacheSynced: { level: 'info', message: 'read the cluster' },
  WatchProblem: { level: 'warn', message: 'watch broken, trying again' },
  ObjectApplied: { level: 'info', message: 'object changed' },
  ObjectDeleted: { level: 'info', message: 'deleted object' },
  ObjectReleased: { level: 'info', message: 'took the finalizer off: nothing is left to wait for' },
  StorageWorkBegun: { level: 'info', message: 'working on the storage' },
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
  EventFailed: { level: 'debug', message: 'cannot write Event' },
  PassEnded: { level: 'debug', message: 'looked at everything' },
  LogLevelChanged: { level: 'info', message: 'operator log level changed' },
  ConditionChanged: { level: 'info', message: 'condition changed' },
  FirstConfigWithheld: { level: 'warn', message: 'there is no Config, and none is made' },
  UnreadableObject: { level: 'warn', message: 'cannot understand object' },
  NodeCaSynced: { level: 'info', message: 'the certificates of this node are up to date' },
  NodeCaProblem: { level: 'error', message: 'cannot deal with a certificate' },
  NodeCaFailed: {
    level: 'error',
    message: 'cannot bring the certificates of this node up to date',
  },
  NodeCaStopping: { level: 'info', message: 'shutting down node-ca' },
  NodeTrustSynced: { level: 'info', message: 'this node knows the registry' },
  NodeTrustProblem: { level: 'error', message: 'cannot tell this node all of the registry' },
  NodeTrustFailed: { level: 'error', message: 'cannot tell this node of the registry' },
  NodeTrustStopping: { level: 'info', message: 'stopping; what is on this node stays' },
  Unexpected: { level: 'error', message: 'unexpected failure, this is a defect' },
  Stopping: { level: 'info', message: 'stopping' },
  Stopped: { level: 'info', message: 'stopped' },
}

/**
 * The message of a line. Two of them hold what they are about, because tests and scripts that are made for the
 * original operator look for these very texts.
 */
export const messageOf = (event: LogEvent): string => {
  const { message } = LOG_LINES[event._tag]
  if (event._tag === 'Starting') return `${message} ${event.version}`
  return event._tag === 'WatchingFiles' ? `${message} [${event.files.join(' ')}]...` : message
}
