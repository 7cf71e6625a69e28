import type { ClusterFacts } from './cluster-facts'
import type { CollectingJob } from './pruning-facts'

/** A Job that nobody starts for so long does not delete anything any more; see `readOnlyProgress`. */
export const LATEST_START_SECONDS = 300

/** For the clocks of two machines, and for the end of a pod. */
const END_SECONDS = 60

/**
 * Whether a Job may still be deleting: it has not ended, and Kubernetes may not have ended it for its deadline. Where nobody
 * says what time it is, or when the Job was made, it may.
 */
const mayRun =
  (now: string | undefined) =>
  ({ state, madeAt, deadlineSeconds }: CollectingJob): boolean => {
    if (state !== 'unfinished') return false
    const ageMs = Date.parse(now ?? '') - Date.parse(madeAt)
    const limitMs = (LATEST_START_SECONDS + deadlineSeconds + END_SECONDS) * 1_000
    return Number.isNaN(ageMs) || ageMs < limitMs
  }

/**
 * Whether the registry takes no pushes because garbage is being deleted. It follows from what exists alone, and ends with
 * the Job, whose end Kubernetes guarantees; and without Kubernetes it ends with time.
 *
 * The way back restarts the pods, and has to: they remember which blobs there are, and a push that relies on one which is gone
 * would be taken for complete.
 */
export const isCollectionUnderWay = ({
  pruning,
  now,
}: Pick<ClusterFacts, 'pruning' | 'now'>): boolean => pruning?.collecting.some(mayRun(now)) ?? false
