import {
  type ClusterFacts,
  type Config,
  isCollectionUnderWay,
  isJsonObject,
  type JsonObject,
  names,
  objectsOf,
} from '../../model'
import { prunerPodLabels } from './pruner-labels'

/** Whether images are on a claim that only one node mounts: who works on them has to be there as well. */
export const isOnOneNode = (
  { storage }: Pick<Config, 'storage'>,
  { claims }: Pick<ClusterFacts, 'claims'>,
): boolean => {
  const claim =
    storage._tag === 'Pvc' ? claims.find(({ name }) => name === storage.claim) : undefined
  return claim !== undefined && !claim.accessModes.includes('ReadWriteMany')
}

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution'

/** An affinity that also keeps a pod on the node of these pods. */
export const onNodeOf = (labelSelector: JsonObject, affinity: JsonObject = {}): JsonObject => {
  const podAffinity = isJsonObject(affinity['podAffinity']) ? affinity['podAffinity'] : {}
  return {
    ...affinity,
    podAffinity: {
      ...podAffinity,
      [REQUIRED]: [
        ...objectsOf(podAffinity[REQUIRED]),
        {
          labelSelector,
          namespaces: [names.REGISTRY_NAMESPACE],
          topologyKey: names.HOST_LABEL,
        },
      ],
    },
  }
}

/**
 * Where the registry's pods go: while garbage is being deleted from a claim for one node, to the node of whoever deletes it.
 * Its pod is there before theirs, and they could mount the claim nowhere else.
 */
export const registryAffinity = (
  config: Pick<Config, 'storage' | 'affinity'>,
  facts: ClusterFacts,
): Pick<Config, 'affinity'> =>
  isCollectionUnderWay(facts) && isOnOneNode(config, facts)
    ? { affinity: onNodeOf({ matchLabels: prunerPodLabels }, config.affinity) }
    : {}
