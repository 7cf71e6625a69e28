import { type ClusterFacts, type Config, type KubeObject, names, refOf } from '../model'
import { createdOnce, type Rendered, withheld } from './rendered'

const defaultClaim: KubeObject = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: {
    name: names.DEFAULT_CLAIM_NAME,
    namespace: names.REGISTRY_NAMESPACE,
    annotations: { [names.OWNERSHIP_ANNOTATION]: 'true' },
  },
  spec: {
    accessModes: ['ReadWriteMany'],
    resources: { requests: { storage: '100Gi' } },
  },
}

/** The claim that we make where the user wants one and names none; not one that somebody else has made. */
export const claim = ({ storage }: Config, { claims }: ClusterFacts): ReadonlyArray<Rendered> => {
  if (storage._tag !== 'Pvc' || storage.origin === 'named') return []
  const taken = claims.some(({ name, ours }) => name === storage.claim && !ours)
  return [
    taken
      ? withheld(refOf(defaultClaim), { _tag: 'ClaimNotOurs', claim: storage.claim })
      : createdOnce(defaultClaim),
  ]
}
