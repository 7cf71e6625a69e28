import * as O from 'fp-ts/Option'

import {
  type ClaimFacts,
  type ClusterFacts,
  type Config,
  names,
  type RenderProblem,
} from '../../model'

/** Why the pods cannot use the claim that the storage is on. Looked at in every pass: claims and replicas change. */
export const claimProblem = (config: Config, facts: ClusterFacts): O.Option<RenderProblem> => {
  const { storage } = config
  if (storage._tag !== 'Pvc') return O.none
  const claim = facts.claims.find(({ name }) => name === storage.claim)
  if (storage.origin === 'named') {
    return claim === undefined
      ? O.some({ _tag: 'ClaimMissing', claim: storage.claim })
      : accessProblem(config, claim)
  }
  const problem = madeClaimProblem(config, facts)
  return O.isSome(problem) || claim === undefined ? problem : accessProblem(config, claim)
}

/** Why the claim that we make where none is named cannot be made, or is not the one that is there. */
export const madeClaimProblem = (
  { storage, claim: wishes }: Config,
  { platform, claims, servedGroups, defaultStorageClass }: ClusterFacts,
): O.Option<RenderProblem> => {
  if (storage._tag !== 'Pvc') return O.none
  const { claim } = storage
  const found = claims.find(({ name }) => name === claim)
  if (found !== undefined) return found.ours ? O.none : O.some({ _tag: 'ClaimNotOurs', claim })
  // Files in which no class is seen do not say that there is none.
  const isClassless =
    platform === 'Kubernetes' &&
    servedGroups.includes(names.STORAGE_GROUP) &&
    defaultStorageClass === undefined &&
    wishes.storageClass === undefined
  return isClassless ? O.some({ _tag: 'StorageClassMissing', claim }) : O.none
}

const accessProblem = (
  { replicas, rolloutStrategy }: Config,
  { name, accessModes }: ClaimFacts,
): O.Option<RenderProblem> => {
  if (accessModes.includes('ReadWriteMany')) return O.none
  if (!accessModes.includes('ReadWriteOnce')) {
    return O.some({ _tag: 'ClaimUnusable', claim: name, accessModes })
  }
  if (replicas > 1) {
    return O.some({ _tag: 'ClaimNeedsSingleWriter', claim: name, because: { replicas } })
  }
  return rolloutStrategy === 'Recreate'
    ? O.none
    : O.some({
        _tag: 'ClaimNeedsSingleWriter',
        claim: name,
        because: { strategy: rolloutStrategy },
      })
}
