import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import { eventually } from './eventually'
import { clusterOperatorPath, configPath, deploymentPath } from './registry-objects'

export type Condition = Readonly<{
  type: string
  status: string
  reason: string
  message: string
  lastTransitionTime: string
}>

type Status = Readonly<{ conditions?: ReadonlyArray<Condition>; observedGeneration?: number }>

export const getConfig = (client: ClusterClient): Promise<KubeObject> =>
  client.send('GET', configPath)

export const getClusterOperator = (client: ClusterClient): Promise<KubeObject> =>
  client.send('GET', clusterOperatorPath)

/** A condition of a Config, an ImagePruner or a ClusterOperator; undefined when it has none of that type. */
export const conditionOf = (config: KubeObject, type: string): Condition | undefined =>
  ((config['status'] ?? {}) as Status).conditions?.find((condition) => condition.type === type)

const isCurrent = (config: KubeObject): boolean =>
  ((config['status'] ?? {}) as Status).observedGeneration === config.metadata['generation']

/** Applies a Config as a user would. */
export const applyConfig = (client: ClusterClient, spec: unknown): Promise<KubeObject> =>
  client.send(
    'PATCH',
    `${configPath}?fieldManager=e2e-user&force=true`,
    {
      apiVersion: 'imageregistry.operator.openshift.io/v1',
      kind: 'Config',
      metadata: { name: 'cluster' },
      spec,
    },
    'application/apply-patch+yaml',
  )

/** Waits for a condition, in a status that is about the Config as it stands. */
export const untilCondition = (
  client: ClusterClient,
  type: string,
  status: string,
  timeoutMs?: number,
): Promise<Condition> =>
  eventually(
    `condition ${type} is ${status}`,
    async () => {
      const { code, body } = await client.request('GET', configPath)
      // The operator may be about to make it. Whatever the API server returns from there is an object.
      if (code === 404) return undefined
      const config = body as KubeObject
      const condition = conditionOf(config, type)
      return condition?.status === status && isCurrent(config) ? condition : undefined
    },
    timeoutMs,
  )

type DeploymentNumbers = Readonly<{
  observedGeneration?: number
  replicas?: number
  updatedReplicas?: number
  availableReplicas?: number
}>

const isComplete = ({ metadata, spec, status }: KubeObject): boolean => {
  const { replicas: wanted } = spec as Readonly<{ replicas: number }>
  const { observedGeneration, ...seen } = (status ?? {}) as DeploymentNumbers
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = seen
  return (
    observedGeneration === metadata['generation'] &&
    [replicas, updatedReplicas, availableReplicas].every((number) => number === wanted)
  )
}

/** Waits until the registry is Ready, and every pod of it is there and available. */
export const untilComplete = async (
  client: ClusterClient,
  timeoutMs?: number,
): Promise<KubeObject> => {
  await untilCondition(client, 'Ready', 'True', timeoutMs)
  return eventually(
    'the Deployment is complete',
    async () => {
      const deployment = await client.send('GET', deploymentPath)
      return isComplete(deployment) ? deployment : undefined
    },
    timeoutMs,
  )
}

const isHealthy = (clusterOperator: KubeObject): boolean =>
  Object.entries({ Available: 'True', Progressing: 'False', Degraded: 'False' }).every(
    ([type, status]) => conditionOf(clusterOperator, type)?.status === status,
  )

/** Waits until the registry is complete, and the cluster has been told that all is well and at rest. */
export const untilSettled = async (client: ClusterClient): Promise<KubeObject> => {
  const deployment = await untilComplete(client)
  await eventually('the ClusterOperator is available and at rest', async () => {
    const { code, body } = await client.request('GET', clusterOperatorPath)
    return code === 200 && isHealthy(body as KubeObject) ? true : undefined
  })
  return deployment
}
