import * as E from 'fp-ts/Either'

import {
  type ClusterFacts,
  type Config,
  type KubeObject,
  names,
  platformDefaults,
  refOf,
} from '../model'
import { createdOnce, type Rendered, withheld } from './rendered'

const claimWith = (accessMode: string, storageClass: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: {
    name: names.DEFAULT_CLAIM_NAME,
    namespace: names.REGISTRY_NAMESPACE,
    annotations: { [names.OWNERSHIP_ANNOTATION]: 'true' },
  },
  spec: {
    accessModes: [accessMode],
    resources: { requests: { storage: '100Gi' } },
    ...storageClass,
  },
})

/** Of the cluster's default StorageClass. */
const FOR_MANY_NODES = claimWith('ReadWriteMany')

// Some platforms have volumes for single nodes only, and one pod at a time needs no other.
const defaultClaim = (
  { replicas, rolloutStrategy }: Config,
  { platform, infrastructure }: ClusterFacts,
): KubeObject => {
  if (platform === 'Kubernetes' || E.isLeft(infrastructure)) return FOR_MANY_NODES
  const defaults = platformDefaults(infrastructure.right)
  const claimClass = E.isRight(defaults) ? defaults.right.claimClass : undefined
  return claimClass === undefined || replicas > 1 || rolloutStrategy !== 'Recreate'
    ? FOR_MANY_NODES
    : claimWith('ReadWriteOnce', { storageClassName: claimClass })
}

/** The claim that we make where the user wants one and names none; not one that somebody else has made. */
export const claim = (config: Config, facts: ClusterFacts): ReadonlyArray<Rendered> => {
  const { storage } = config
  if (storage._tag !== 'Pvc' || storage.origin === 'named') return []
  const taken = facts.claims.some(({ name, ours }) => name === storage.claim && !ours)
  const wanted = defaultClaim(config, facts)
  return [
    taken
      ? withheld(refOf(wanted), { _tag: 'ClaimNotOurs', claim: storage.claim })
      : createdOnce(wanted),
  ]
}
