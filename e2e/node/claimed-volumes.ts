import { chmod, mkdir } from 'node:fs/promises'

import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import {
  type KubeconfigSource,
  mergePatch,
  type Simulation,
  startSimulation,
} from '../cluster/simulation'
import type { Node } from './node'
import { inNode, onMachine } from './node-configuration'

/** The class of claims that name none. */
const DEFAULT_CLASS = 'standard'

const PROVISIONER = 'image-registry-operator.test/folder'

const name = 'folder-provisioner'

const storageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: DEFAULT_CLASS,
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  provisioner: PROVISIONER,
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'Immediate',
}

type ClaimSpec = Readonly<{
  storageClassName?: string
  volumeName?: string
  accessModes: ReadonlyArray<string>
  volumeMode?: string
  resources: Readonly<{ requests: Readonly<{ storage: string }> }>
}>

const nameFor = (claim: KubeObject): string => `pvc-${claim.metadata.uid}`

/** Its pods may be anybody, and the kubelet gives folders of the node to no group. */
const makeFolder = async (path: string): Promise<void> => {
  await mkdir(path, { recursive: true })
  await chmod(path, 0o777)
}

const volumeFor = (claim: KubeObject, spec: ClaimSpec): unknown => {
  const volumeName = nameFor(claim)
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name: volumeName,
      annotations: { 'pv.kubernetes.io/provisioned-by': PROVISIONER },
    },
    spec: {
      storageClassName: DEFAULT_CLASS,
      accessModes: spec.accessModes,
      capacity: { storage: spec.resources.requests.storage },
      persistentVolumeReclaimPolicy: 'Delete',
      volumeMode: 'Filesystem',
      claimRef: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        namespace: claim.metadata.namespace,
        name: claim.metadata.name,
        uid: claim.metadata.uid,
      },
      hostPath: { path: `${inNode.volumes}/${volumeName}`, type: 'Directory' },
    },
  }
}

const provide =
  (folder: string) =>
  (client: ClusterClient) =>
  async (claim: KubeObject): Promise<void> => {
    const spec = claim['spec'] as ClaimSpec
    const isOurs = spec.storageClassName === DEFAULT_CLASS && spec.volumeMode !== 'Block'
    if (!isOurs || spec.volumeName !== undefined) return
    if (claim.metadata.deletionTimestamp !== undefined) return
    await makeFolder(`${onMachine(folder, inNode.volumes)}/${nameFor(claim)}`)
    await client.send('POST', '/api/v1/persistentvolumes', volumeFor(claim, spec))
  }

/** The folder itself goes with the node: nobody else gets this volume. */
const release =
  (client: ClusterClient) =>
  async (volume: KubeObject): Promise<void> => {
    const { phase } = (volume['status'] ?? {}) as Readonly<{ phase?: string }>
    const isOurs = volume.metadata.annotations?.['pv.kubernetes.io/provisioned-by'] === PROVISIONER
    if (isOurs && phase === 'Released' && volume.metadata.deletionTimestamp === undefined)
      await client.send('DELETE', `/api/v1/persistentvolumes/${volume.metadata.name}`)
  }

const classes = '/apis/storage.k8s.io/v1/storageclasses'

/** Other classes stay, but claims that name none come to ours. */
const makeDefault = async (client: ClusterClient): Promise<void> => {
  for (const { metadata } of await client.list(classes)) {
    await mergePatch(client, `${classes}/${metadata.name}`, {
      metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'false' } },
    })
  }
  await client.send(
    'PATCH',
    `${classes}/${DEFAULT_CLASS}?fieldManager=${name}&force=true`,
    storageClass,
    'application/apply-patch+yaml',
  )
}

/** Gives every claim of the default class a folder of the node, of which data outlive pods and restarts of the kubelet. */
export const startClaimedVolumes = async (
  controlPlane: KubeconfigSource,
  client: ClusterClient,
  { folder }: Pick<Node, 'folder'>,
): Promise<Simulation> => {
  await makeDefault(client)
  return startSimulation(controlPlane, name, [
    { path: '/api/v1/persistentvolumeclaims', react: provide(folder) },
    { path: '/api/v1/persistentvolumes', react: release },
  ])
}
