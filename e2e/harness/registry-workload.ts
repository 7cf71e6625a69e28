import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import { deploymentPath } from './registry-objects'

type Variable = Readonly<{ name: string; value?: string; valueFrom?: unknown }>

/** As much of a container as is asked about. */
type Container = Readonly<{
  name: string
  args?: ReadonlyArray<string>
  env?: ReadonlyArray<Variable>
  ports?: ReadonlyArray<unknown>
  resources?: unknown
  lifecycle?: unknown
}>

/** As much of the spec of pods as is asked about. */
type PodSpec = Readonly<{
  containers: ReadonlyArray<Container>
  tolerations?: unknown
  affinity?: unknown
  terminationGracePeriodSeconds?: number
}>

type Workload = Readonly<{ template: Readonly<{ spec: PodSpec }> }>

export const getDeployment = (client: ClusterClient): Promise<KubeObject> =>
  client.send('GET', deploymentPath)

/** The pods that a Deployment, a DaemonSet or a Job makes. */
export const podSpecOf = ({ spec }: KubeObject): PodSpec => (spec as Workload).template.spec

/** The only container of the pods. */
export const containerOf = (workload: KubeObject): Container => {
  const { containers } = podSpecOf(workload)
  const [container] = containers
  if (container === undefined || containers.length > 1)
    throw new Error(`${workload.metadata.name} has ${containers.length} containers`)
  return container
}

/** What the variables of the only container are set to; those from elsewhere as JSON. */
export const environmentOf = (workload: KubeObject): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (containerOf(workload).env ?? []).map(({ name, value, valueFrom }) => [
      name,
      value ?? JSON.stringify(valueFrom),
    ]),
  )

/** The variables that the registry runs with. */
export const registryEnvironment = async (
  client: ClusterClient,
): Promise<Readonly<Record<string, string>>> => environmentOf(await getDeployment(client))
