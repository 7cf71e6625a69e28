import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import type { Condition } from './config-status'
import { eventually } from './eventually'
import { clusterOperatorPath, imagePath } from './registry-objects'

const openshift = '/apis/config.openshift.io/v1'

export const apiServerPath = `${openshift}/apiservers/cluster`
export const infrastructurePath = `${openshift}/infrastructures/cluster`
export const proxyPath = `${openshift}/proxies/cluster`

type RelatedObject = Readonly<{ resource: string; name: string }>

/** What the operator tells the cluster of itself. */
export type OperatorStatus = Readonly<{
  conditions?: ReadonlyArray<Condition>
  versions?: ReadonlyArray<Readonly<{ name: string; version: string }>>
  relatedObjects?: ReadonlyArray<RelatedObject>
}>

/** What the operator tells the cluster of the registry. */
type ImageStatus = Readonly<{
  internalRegistryHostname?: string
  externalRegistryHostnames?: ReadonlyArray<string>
}>

export const operatorStatusOf = ({ status }: KubeObject): OperatorStatus => status ?? {}

export const getImageStatus = async (client: ClusterClient): Promise<ImageStatus> =>
  (await client.send('GET', imagePath))['status'] ?? {}

const normal: Readonly<Record<string, string>> = {
  Available: 'True',
  Progressing: 'False',
  Degraded: 'False',
}

const isNormal = ({ conditions = [], relatedObjects = [] }: OperatorStatus): boolean =>
  Object.entries(normal).every(([type, status]) =>
    conditions.some((condition) => condition.type === type && condition.status === status),
  ) &&
  relatedObjects.some(
    ({ resource, name }) => resource === 'namespaces' && name === 'openshift-image-registry',
  )

/** Waits until the ClusterOperator says that all is well, and which namespace belongs to it. */
export const untilNormalOperator = (client: ClusterClient): Promise<OperatorStatus> =>
  eventually('the ClusterOperator is as it should be', async () => {
    const { code, body } = await client.request('GET', clusterOperatorPath)
    const status = code === 200 ? operatorStatusOf(body as KubeObject) : {}
    return isNormal(status) ? status : undefined
  })
