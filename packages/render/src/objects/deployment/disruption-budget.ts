import { type Config, type KubeObject, names } from '../../model'
import { registrySelector } from '../labels'

/** What a drain must leave running: one pod, unless there is only one, which nothing could then ever move. */
export const disruptionBudget = ({ replicas }: Config): KubeObject => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: names.REGISTRY_NAME, namespace: names.REGISTRY_NAMESPACE },
  spec: {
    minAvailable: replicas <= 1 ? 0 : 1,
    selector: registrySelector,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
  },
})
