import { type JsonObject, names } from '../model'
import { nodeCaGeneration } from './node-ca-conditions'
import type { Situation } from './situation'

/** Which generations of our workloads the status is about; nothing where there is none. */
export const generations = (given: Situation): JsonObject => {
  const all = [deploymentGeneration(given), nodeCaGeneration(given)].filter(
    (entry) => entry !== undefined,
  )
  return all.length === 0 ? {} : { generations: all }
}

const deploymentGeneration = ({ deployment }: Situation): JsonObject | undefined =>
  deployment === undefined
    ? undefined
    : {
        group: 'apps',
        resource: 'deployments',
        namespace: names.REGISTRY_NAMESPACE,
        name: names.REGISTRY_NAME,
        lastGeneration: deployment.generation,
        hash: '',
      }
