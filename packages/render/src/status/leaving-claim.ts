import { isAnnotatedAsOurs } from '../fields/ownership'
import { keyOf, type KubeObject, names, objectRef, showRef } from '../model'
import type { Situation } from './situation'

/** What is told of the claim that goes with the registry while it is still there; undefined when none is. */
export const leavingClaim = ({ config, live }: Situation): string | undefined => {
  if (config?.storage._tag !== 'Pvc' || config.storageManagement !== 'Managed') return undefined
  const { claim } = config.storage
  const ref = objectRef('v1', 'PersistentVolumeClaim', claim, names.REGISTRY_NAMESPACE)
  const found = live.get(keyOf(ref))
  return found === undefined || !isAnnotatedAsOurs(found)
    ? undefined
    : `${showRef(ref)} is being removed${waitingFor(found)}`
}

/** Held by Kubernetes while a pod uses the claim. */
const IN_USE = 'kubernetes.io/pvc-protection'

const waitingFor = ({ metadata: { deletionTimestamp, finalizers = [] } }: KubeObject): string => {
  if (deletionTimestamp === undefined || finalizers.length === 0) return ''
  const until = finalizers.includes(IN_USE) ? '; it goes when no pod mounts it any more' : ''
  return `, and waits for its finalizers ${finalizers.join(', ')}${until}`
}
