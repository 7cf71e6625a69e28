import type { ClusterClient } from '../../cluster/cluster-client'
import { type Image, isSameImage } from '../../storage-servers/registry/image'
import { pullImage } from '../../storage-servers/registry/pull-image'
import { pushImage } from '../../storage-servers/registry/push-image'
import { type RegistryPod, startRegistryPod } from '../../storage-servers/registry/registry-pod'
import { podObjects } from './cloud-cluster'
import type { LifeCycleBackend } from './life-cycle-backend'

/** What of a log says what went wrong: where a panic begins, or else its end. */
const telling = (log: string): string => {
  const panic = log.indexOf('panic')
  return panic === -1 ? log.slice(-3000) : log.slice(Math.max(0, panic - 1000), panic + 3000)
}

/** Does something with the registry that the cluster's objects describe. */
export const withRegistryPod = async <A>(
  client: ClusterClient,
  { registry, redirectAuthorities = '', podEnvironment = {} }: LifeCycleBackend,
  use: (pod: RegistryPod) => Promise<A>,
): Promise<A> => {
  const pod = await startRegistryPod({
    program: registry.program,
    objects: await podObjects(client),
    extraEnvironment: podEnvironment,
  })
  try {
    return await use({ ...pod, authorities: pod.authorities + redirectAuthorities })
  } catch (error) {
    throw new Error(`With the registry's log:\n${telling(await pod.log())}`, { cause: error })
  } finally {
    await pod.stop()
  }
}

/** Whether the registry takes an image and gives back the same. */
export const takesAndGives = async (
  pod: RegistryPod,
  name: string,
  image: Image,
): Promise<boolean> => {
  await pushImage(pod, name, image)
  return isSameImage(image, await pullImage(pod, name))
}
