import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import { mergePatch, type Simulation } from '../cluster/simulation'
import { watchLoop } from '../cluster/watch-loop'
import type { OperatorProcess } from '../harness/operator-process'

const deployments = '/apis/apps/v1/namespaces/openshift-image-registry/deployments'
const NAME = 'cluster-image-registry-operator'

/** Keeps the Deployment until its process has ended, as its pods would when it is deleted in the foreground. */
const FINALIZER = 'image-registry-operator.test/process'

const finalizersOf = ({ metadata }: KubeObject): ReadonlyArray<string> =>
  (metadata['finalizers'] ?? []) as ReadonlyArray<string>

/** Sets finalizers, unless somebody has changed the object meanwhile; then its next event comes. */
const setFinalizers = async (
  client: ClusterClient,
  { metadata }: KubeObject,
  finalizers: ReadonlyArray<string>,
): Promise<void> => {
  const { resourceVersion } = metadata
  await mergePatch(client, `${deployments}/${NAME}`, { metadata: { finalizers, resourceVersion } })
}

/** Has the operator run, as a process, for as long as its Deployment is there: on simulated nodes its pods do nothing. */
export const runWithDeployment = (
  client: ClusterClient,
  start: () => Promise<OperatorProcess>,
): Simulation => {
  let operator: OperatorProcess | undefined
  const end = async (): Promise<void> => {
    await operator?.stop()
    operator = undefined
  }
  const react = async (deployment: KubeObject): Promise<void> => {
    const finalizers = finalizersOf(deployment)
    const isHeld = finalizers.includes(FINALIZER)
    if (deployment.metadata.deletionTimestamp !== undefined) {
      await end()
      const others = finalizers.filter((each) => each !== FINALIZER)
      if (isHeld) await setFinalizers(client, deployment, others)
      return
    }
    if (!isHeld) await setFinalizers(client, deployment, [...finalizers, FINALIZER])
    else operator ??= await start()
  }
  const ending = new AbortController()
  const path = `${deployments}?fieldSelector=metadata.name%3D${NAME}`
  const loop = watchLoop(client, path, react, ending.signal)
  return {
    stop: async () => {
      ending.abort()
      await loop
      await end()
    },
  }
}
