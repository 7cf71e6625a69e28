import { type Config, type JsonObject, names } from '../../model'
import { registrySelector } from '../labels'

const onDifferentNodes: JsonObject = {
  podAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      {
        labelSelector: registrySelector,
        namespaces: [names.REGISTRY_NAMESPACE],
        topologyKey: names.HOST_LABEL,
      },
    ],
  },
}

/** The user's affinity as it stands. Without one, exactly two replicas keep apart; more may share nodes. */
export const podAffinity = ({ affinity, replicas }: Config): JsonObject | undefined =>
  affinity ?? (replicas === 2 ? onDifferentNodes : undefined)
