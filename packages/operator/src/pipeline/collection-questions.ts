import type { ClusterFacts } from '@image-registry-operator/render/model'

/** Of which Jobs the log has to be known, by their uids: the last dry run, and the last that has deleted something. None on OpenShift. */
export const collectionQuestions = ({
  pruning,
}: Pick<ClusterFacts, 'pruning'>): ReadonlyArray<string> =>
  pruning === undefined
    ? []
    : [
        pruning.dryRun?.uid,
        pruning.collecting.find(({ state }) => state !== 'unfinished')?.uid,
      ].flatMap((uid) => (uid === undefined || uid === '' ? [] : [uid]))
