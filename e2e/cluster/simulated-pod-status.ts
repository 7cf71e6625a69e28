import type { KubeObject } from './cluster-client'

/** What becomes of a pod: it runs and is ready, or its image cannot be had. */
export type PodOutcome = 'ready' | 'image-pull-fails'

export type PodSpec = Readonly<{
  nodeName?: string
  restartPolicy?: string
  hostNetwork?: boolean
  containers: ReadonlyArray<Readonly<{ name: string; image?: string }>>
}>

export type PodPlace = Readonly<{ podIP: string; hostIP: string; now: string }>

type Container = PodSpec['containers'][number]

const condition = (type: string, isTrue: boolean, now: string): unknown => ({
  type,
  status: isTrue ? 'True' : 'False',
  lastTransitionTime: now,
})

const containerStatus = (container: Container, ready: boolean, state: unknown): unknown => ({
  name: container.name,
  image: container.image ?? '',
  imageID: '',
  ready,
  restartCount: 0,
  started: ready,
  state,
})

const podStatus = (
  phase: string,
  isReady: boolean,
  { podIP, hostIP, now }: PodPlace,
  containerStatuses: ReadonlyArray<unknown>,
): unknown => ({
  phase,
  hostIP,
  hostIPs: [{ ip: hostIP }],
  podIP,
  podIPs: [{ ip: podIP }],
  startTime: now,
  conditions: [
    condition('PodReadyToStartContainers', phase !== 'Succeeded', now),
    condition('Initialized', true, now),
    condition('ContainersReady', isReady, now),
    condition('Ready', isReady, now),
  ],
  containerStatuses,
})

const finished = (now: string): unknown => ({
  terminated: { exitCode: 0, reason: 'Completed', startedAt: now, finishedAt: now },
})

/** The status a kubelet would come to report for a pod, or undefined if the pod already has it. */
export const simulatedPodStatus = (
  pod: KubeObject,
  outcome: PodOutcome,
  place: PodPlace,
): unknown => {
  const spec = pod['spec'] as PodSpec
  const status = pod['status'] as Readonly<{ startTime?: string }> | undefined
  if (status?.startTime !== undefined) return undefined
  const statuses = (ready: boolean, state: unknown): ReadonlyArray<unknown> =>
    spec.containers.map((container) => containerStatus(container, ready, state))
  if (outcome === 'image-pull-fails') {
    const waiting = { reason: 'ImagePullBackOff', message: 'Back-off pulling image' }
    return podStatus('Pending', false, place, statuses(false, { waiting }))
  }
  // What runs to its end, as a Job's pod, does so at once and successfully.
  return (spec.restartPolicy ?? 'Always') === 'Always'
    ? podStatus('Running', true, place, statuses(true, { running: { startedAt: place.now } }))
    : podStatus('Succeeded', false, place, statuses(false, finished(place.now)))
}
