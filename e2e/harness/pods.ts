import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import { eventually } from './eventually'

const path = '/api/v1/namespaces/openshift-image-registry/pods'

/** Labels that select the pods of the operator, and those of the registry. */
const podsOf = {
  operator: 'name=cluster-image-registry-operator',
  registry: 'docker-registry=default',
} as const

type PodsOf = keyof typeof podsOf

type PodStatus = Readonly<{
  podIP?: string
  conditions?: ReadonlyArray<Readonly<{ type: string; status: string }>>
  containerStatuses?: ReadonlyArray<
    Readonly<{
      state?: Readonly<{ waiting?: Readonly<{ reason?: string; message?: string }> }>
    }>
  >
}>

const statusOf = ({ status }: KubeObject): PodStatus => status ?? {}

const isReady = (pod: KubeObject): boolean =>
  pod.metadata.deletionTimestamp === undefined &&
  (statusOf(pod).conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True')

/** The registry's begin to be asked after 15 s, and a machine may be slow. */
const READY_MS = 240_000

/** Where to watch pods. */
export const podsPath = (whose: PodsOf): string =>
  `${path}?labelSelector=${encodeURIComponent(podsOf[whose])}`

/** The address of a pod; undefined before it has one. */
export const podAddress = (pod: KubeObject): string | undefined => statusOf(pod).podIP

/** Waits until the only pod that is not on its way out is ready, and is none of the former ones. */
export const untilPodReady = (
  client: ClusterClient,
  whose: PodsOf,
  former: ReadonlyArray<KubeObject> = [],
): Promise<KubeObject> =>
  eventually(
    `a pod of the ${whose} is ready`,
    async () => {
      const gone = former.map(({ metadata }) => metadata.uid)
      const pods = await client.list(podsPath(whose))
      return pods.every(({ metadata }) => !gone.includes(metadata.uid))
        ? pods.find(isReady)
        : undefined
    },
    READY_MS,
  )

/** Deletes a pod, and waits until another one is ready in its place. */
export const replacePod = async (
  client: ClusterClient,
  whose: PodsOf,
): Promise<Readonly<{ before: KubeObject; after: KubeObject }>> => {
  const before = await untilPodReady(client, whose)
  await client.send('DELETE', `${path}/${before.metadata.name}?gracePeriodSeconds=1`)
  return { before, after: await untilPodReady(client, whose, [before]) }
}

/** What the container of a pod has written. */
export const podLog = async (client: ClusterClient, pod: KubeObject): Promise<string> => {
  const { code, body } = await client.request('GET', `${path}/${pod.metadata.name}/log`)
  // What is written as JSON in one line only has been parsed.
  return code === 200 && typeof body === 'string' ? body : JSON.stringify(body)
}

const hopeless = /BackOff|^ErrImage|InvalidImageName|^CreateContainer/

/** Why a pod will not run, if that can be seen. */
export const podProblem = (pod: KubeObject): string | undefined => {
  const waiting = (statusOf(pod).containerStatuses ?? []).flatMap(
    ({ state }) => state?.waiting ?? [],
  )
  const found = waiting.find(({ reason = '' }) => hopeless.test(reason))
  return found && `Pod ${pod.metadata.name}: ${found.reason} ${found.message ?? ''}`.trim()
}
