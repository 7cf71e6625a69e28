import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'

import {
  type ClusterFacts,
  type Config,
  type KubeObject,
  names,
  platformDefaults,
  refOf,
} from '../../model'
import { madeClaimProblem } from './claim-problem'
import { createdOnce, type Rendered, withheld } from '../rendered'

const claimWith = (
  accessMode: string,
  storageClass: string | undefined,
  { size }: Config['claim'],
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: {
    name: names.DEFAULT_CLAIM_NAME,
    namespace: names.REGISTRY_NAMESPACE,
    annotations: { [names.OWNERSHIP_ANNOTATION]: 'true' },
  },
  spec: {
    accessModes: [accessMode],
    resources: { requests: { storage: size } },
    ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
  },
})

/** The class of a platform that has volumes for single nodes only; one pod at a time needs no other. */
const classForOneNode = (
  { replicas, rolloutStrategy }: Config,
  { platform, infrastructure }: ClusterFacts,
): string | undefined => {
  if (platform === 'Kubernetes' || E.isLeft(infrastructure)) return undefined
  const defaults = platformDefaults(infrastructure.right)
  return replicas > 1 || rolloutStrategy !== 'Recreate' || E.isLeft(defaults)
    ? undefined
    : defaults.right.claimClass
}

/** On plain Kubernetes most classes give volumes for single nodes, so more is asked for only where several pods may mount it. */
const isForOneNode = ({ replicas, rolloutStrategy }: Config, { platform }: ClusterFacts): boolean =>
  platform === 'Kubernetes' && replicas <= 1 && rolloutStrategy === 'Recreate'

const defaultClaim = (config: Config, facts: ClusterFacts): KubeObject => {
  const { storageClass, accessMode } = config.claim
  const ofPlatform = classForOneNode(config, facts)
  const isSingle = ofPlatform !== undefined || isForOneNode(config, facts)
  return claimWith(
    accessMode ?? (isSingle ? 'ReadWriteOnce' : 'ReadWriteMany'),
    storageClass ?? ofPlatform,
    config.claim,
  )
}

/** The claim that we make where the user wants one and names none; not one that somebody else has made. */
export const claim = (config: Config, facts: ClusterFacts): ReadonlyArray<Rendered> => {
  const { storage } = config
  if (storage._tag !== 'Pvc' || storage.origin === 'named') return []
  const wanted = defaultClaim(config, facts)
  const problem = madeClaimProblem(config, facts)
  return [O.isSome(problem) ? withheld(refOf(wanted), problem.value) : createdOnce(wanted)]
}
