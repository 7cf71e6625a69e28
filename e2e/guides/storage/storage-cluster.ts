import type { ClusterClient } from '../../cluster/cluster-client'
import type { ControlPlane } from '../../cluster/control-plane'
import { startSimulatedVolumes } from '../../cluster/simulated-volumes'
import { eventually } from '../../harness/eventually'
import { startOpenshiftCluster } from '../../harness/openshift-cluster'
import { configPath } from '../../harness/registry-objects'
import { startSimulatedKubernetes } from '../../harness/simulated-kubernetes'
import { forgetRegistry, setNetwork, setPlatformStatus } from '../../harness/storage/cloud-cluster'
import type { Platform } from '../guide-world'
import { type StoragePlace, stopAll } from './storage-place'

/** A cluster that can be put into one place after the other, with volumes for every class and no operator. */
export type StorageCluster = Readonly<{
  kind: Platform
  controlPlane: ControlPlane
  client: ClusterClient
  operatorKubeconfigPath: string
  /** The variables of the operator's environment. */
  operatorVariables: Readonly<Record<string, string>>
  /** Nothing of an earlier registry is left, and the cluster runs there. */
  moveTo: (place: StoragePlace) => Promise<void>
  stop: () => Promise<void>
}>

const registry = '/api/v1/namespaces/openshift-image-registry'
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
const classes = '/apis/storage.k8s.io/v1/storageclasses'

/** What guides make beside the registry; that of the facts stays. */
const lists = [
  `${registry}/persistentvolumeclaims`,
  '/api/v1/persistentvolumes',
  classes,
  '/api/v1/namespaces/openshift-config/configmaps',
  definitions,
]

type Kept = ReadonlySet<string>

/** On a machine that is busy with something else. */
const PATIENCE_MS = 180_000

const pathsNow = async (client: ClusterClient): Promise<ReadonlyArray<string>> =>
  (
    await Promise.all(
      lists.map(async (list) =>
        (await client.list(list))
          // A controller puts it into every namespace, sooner or later.
          .filter(({ metadata }) => metadata.name !== 'kube-root-ca.crt')
          .map(({ metadata }) => `${list}/${metadata.name}`),
      ),
    )
  ).flat()

/** Volumes are kept by their claims, so that they go after them; some are deleted by controllers meanwhile. */
const forgetAllBut = async (client: ClusterClient, kept: Kept): Promise<void> => {
  await forgetRegistry(client)
  const isClean = async (): Promise<true | undefined> => {
    const others = (await pathsNow(client)).filter((path) => !kept.has(path))
    for (const path of others) await client.request('DELETE', path)
    return others.length === 0 ? true : undefined
  }
  await eventually('nothing of another guide is left', isClean, PATIENCE_MS)
}

/** OpenShift, with a class of volumes that several nodes may mount. */
export const startOpenshiftStorageCluster = async (): Promise<StorageCluster> => {
  const cluster = await startOpenshiftCluster({ auditLog: false })
  const { client, controlPlane, operatorKubeconfigPath } = cluster
  const volumes = await startSimulatedVolumes(controlPlane)
  const kept = new Set(await pathsNow(client))
  return {
    kind: 'openshift',
    controlPlane,
    client,
    operatorKubeconfigPath,
    operatorVariables: {},
    moveTo: async ({ platform = { type: 'None' }, network }) => {
      await forgetAllBut(client, kept)
      await setPlatformStatus(client, platform)
      await setNetwork(client, network)
    },
    stop: stopAll(cluster, volumes),
  }
}

/** A Config that says nothing but how its cluster gets to the outside. */
const configBehind = (proxyUrl: string): unknown => ({
  apiVersion: 'imageregistry.operator.openshift.io/v1',
  kind: 'Config',
  metadata: { name: 'cluster' },
  spec: { managementState: 'Managed', replicas: 1, proxy: { http: proxyUrl, https: proxyUrl } },
})

/** Plain Kubernetes, without any class of volumes. */
export const startKubernetesStorageCluster = async (): Promise<StorageCluster> => {
  const cluster = await startSimulatedKubernetes()
  const { client, controlPlane, operatorKubeconfigPath, operatorVariables, moveTo } = cluster
  const volumes = await startSimulatedVolumes(controlPlane)
  const kept = new Set(await pathsNow(client))
  return {
    kind: 'kubernetes',
    controlPlane,
    client,
    operatorKubeconfigPath,
    operatorVariables: { ...operatorVariables },
    moveTo: async ({ machines = {}, network }) => {
      await forgetAllBut(client, kept)
      await moveTo(machines)
      if (network !== undefined)
        await client.send(
          'POST',
          configPath.replace(/\/cluster$/, ''),
          configBehind(network.proxyUrl),
        )
    },
    stop: stopAll(cluster, volumes),
  }
}
