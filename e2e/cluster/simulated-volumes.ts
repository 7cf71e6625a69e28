import type { ClusterClient, KubeObject } from './cluster-client'
import { type KubeconfigSource, type Simulation, startSimulation } from './simulation'
import type { Reaction } from './watch-loop'

const name = 'simulated-provisioner'

const classesPath = '/apis/storage.k8s.io/v1/storageclasses'
const volumesPath = '/api/v1/persistentvolumes'

const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by'
const SELECTED_NODE = 'volume.kubernetes.io/selected-node'

type ClaimSpec = Readonly<{
  storageClassName?: string
  volumeName?: string
  accessModes: ReadonlyArray<string>
  volumeMode?: string
  resources: Readonly<{ requests: Readonly<{ storage: string }> }>
}>

type StorageClass = Readonly<{
  provisioner: string
  volumeBindingMode?: string
  reclaimPolicy?: string
}>

const classOf = async (
  client: ClusterClient,
  { storageClassName = '' }: ClaimSpec,
): Promise<StorageClass | undefined> => {
  if (storageClassName === '') return undefined
  const { code, body } = await client.request('GET', `${classesPath}/${storageClassName}`)
  // Whatever the API server returns from there is a class.
  return code === 200 ? (body as StorageClass) : undefined
}

const volumeFor = ({ metadata }: KubeObject, spec: ClaimSpec, of: StorageClass): unknown => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: {
    name: `pvc-${metadata.uid}`,
    annotations: { [PROVISIONED_BY]: of.provisioner },
  },
  spec: {
    storageClassName: spec.storageClassName,
    accessModes: spec.accessModes,
    capacity: { storage: spec.resources.requests.storage },
    persistentVolumeReclaimPolicy: of.reclaimPolicy ?? 'Delete',
    volumeMode: spec.volumeMode ?? 'Filesystem',
    claimRef: {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      namespace: metadata.namespace,
      name: metadata.name,
      uid: metadata.uid,
    },
    // No pod of a simulated node ever looks there.
    hostPath: { path: `/nonexistent/pvc-${metadata.uid}` },
  },
})

/** Some classes wait until it is known where the pod runs. */
const isAwaited = ({ metadata }: KubeObject, { volumeBindingMode }: StorageClass): boolean =>
  volumeBindingMode === 'WaitForFirstConsumer' &&
  metadata.annotations?.[SELECTED_NODE] === undefined

const provide =
  (client: ClusterClient): Reaction =>
  async (claim) => {
    const spec = claim['spec'] as ClaimSpec
    if (spec.volumeName !== undefined || claim.metadata.deletionTimestamp !== undefined) return
    const of = await classOf(client, spec)
    if (of === undefined || of.provisioner === 'kubernetes.io/no-provisioner') return
    if (!isAwaited(claim, of)) await client.request('POST', volumesPath, volumeFor(claim, spec, of))
  }

/** What goes with its claim goes when nobody holds it any more. */
const release =
  (client: ClusterClient): Reaction =>
  async ({ metadata, spec, status }) => {
    const { persistentVolumeReclaimPolicy } = spec as Readonly<Record<string, unknown>>
    const { phase } = (status ?? {}) as Readonly<{ phase?: string }>
    if (phase !== 'Released' || persistentVolumeReclaimPolicy !== 'Delete') return
    if (metadata.deletionTimestamp === undefined)
      await client.request('DELETE', `${volumesPath}/${metadata.name}`)
  }

/**
 * Plays the provisioner of every StorageClass: a claim gets a volume of the size and the access mode that it asks for.
 *
 * Assumptions: there is a controller manager, which binds them. In the audit log it is the user, and the user agent,
 * `simulated-provisioner`.
 */
export const startSimulatedVolumes = (controlPlane: KubeconfigSource): Promise<Simulation> =>
  startSimulation(controlPlane, name, [
    { path: '/api/v1/persistentvolumeclaims', react: provide },
    { path: volumesPath, react: release },
  ])
