import * as O from 'fp-ts/Option'

import type { ClaimFacts, ClusterFacts, Config, RenderProblem } from '../model'

/** Why the pods cannot use the claim that the storage is on. Looked at in every pass: claims and replicas change. */
export const claimProblem = (config: Config, { claims }: ClusterFacts): O.Option<RenderProblem> => {
  const { storage } = config
  if (storage._tag !== 'Pvc') return O.none
  const claim = claims.find(({ name }) => name === storage.claim)
  if (storage.origin === 'named') {
    return claim === undefined
      ? O.some({ _tag: 'ClaimMissing', claim: storage.claim })
      : accessProblem(config, claim)
  }
  if (claim === undefined) return O.none
  return claim.ours
    ? accessProblem(config, claim)
    : O.some({ _tag: 'ClaimNotOurs', claim: storage.claim })
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
