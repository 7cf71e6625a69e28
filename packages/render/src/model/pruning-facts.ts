/** What garbage a registry has found in its storage, or has deleted. */
export type Garbage = { readonly blobs: number; readonly manifests: number }

/** A run of the clean-up that has ended well and deletes nothing. */
export type DryRun = {
  readonly name: string
  readonly uid: string
  /** RFC 3339; empty where the cluster does not say it. */
  readonly endedAt: string
  /** It has counted manifests that no tag names. */
  readonly countedUntagged: boolean
  /** What its log says; absent before it is read, and where it cannot be understood. */
  readonly found?: Garbage
}

/** A Job of ours that deletes what a dry run has found. */
export type CollectingJob = {
  readonly name: string
  readonly uid: string
  readonly state: 'unfinished' | 'succeeded' | 'failed'
  /** RFC 3339; empty where the cluster does not say it. */
  readonly madeAt: string
  /** RFC 3339; empty before it has ended. */
  readonly endedAt: string
  /** How long Kubernetes lets it run. */
  readonly deadlineSeconds: number
  /** What its log says; absent before it is read. */
  readonly freed?: Garbage
  /** Why it failed; empty otherwise. */
  readonly message: string
}

/** How the clean-up on plain Kubernetes stands. */
export type PruningFacts = {
  readonly hasCronJob: boolean
  /** The newest that ended well; absent where there is none. */
  readonly dryRun?: DryRun
  /** The newest first. */
  readonly collecting: ReadonlyArray<CollectingJob>
}
