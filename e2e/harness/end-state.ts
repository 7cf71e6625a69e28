import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import { mergePatch } from '../cluster/simulation'
import { type Condition, getClusterOperator, getConfig } from './config-status'
import { eventually } from './eventually'
import {
  clusterOperatorPath,
  comparable,
  configPath,
  fieldsOwnedByOperator,
  imagePath,
  type OwnedObject,
  ownedObjects,
  prunerPath,
} from './registry-objects'
import { forgetLease } from './storage/cloud-cluster'

/** Conditions without what tells of times and of generations. */
const conditions = ({ status }: KubeObject): ReadonlyArray<unknown> =>
  ((status ?? {}) as Readonly<{ conditions?: ReadonlyArray<Condition> }>).conditions
    ?.map(({ type, status: is, reason, message }) => [type, is, reason, message].join(' '))
    .sort() ?? []

/** The certificate is another one after each start, and so is every digest of it. */
const withoutDigests = (state: unknown): unknown =>
  JSON.parse(JSON.stringify(state).replace(/\b[0-9a-f]{64}\b/g, 'digest'))

/** All that the operator has to do with on OpenShift, without what differs between two runs that ended in the same place. */
export const endState = async (client: ClusterClient): Promise<unknown> => {
  const [config, clusterOperator] = [await getConfig(client), await getClusterOperator(client)]
  const [image, pruner] = [
    await client.send('GET', imagePath),
    await client.send('GET', prunerPath),
  ]
  return withoutDigests({
    objects: (await ownedObjects(client)).map(comparable),
    specs: [config['spec'], pruner['spec']],
    finalizers: config.metadata['finalizers'],
    conditions: [config, clusterOperator, pruner].map(conditions),
    image: image['status'],
    versions: (clusterOperator['status'] as Readonly<{ versions: unknown }>).versions,
  })
}

const NAMESPACE = 'openshift-image-registry'

/** Where the objects are that the operator makes on plain Kubernetes. */
const kubernetesLists: ReadonlyArray<string> = [
  ...['configmaps', 'persistentvolumeclaims', 'secrets', 'serviceaccounts', 'services'].map(
    (plural) => `/api/v1/namespaces/${NAMESPACE}/${plural}`,
  ),
  `/apis/apps/v1/namespaces/${NAMESPACE}/daemonsets`,
  `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`,
  `/apis/batch/v1/namespaces/${NAMESPACE}/cronjobs`,
  `/apis/networking.k8s.io/v1/namespaces/${NAMESPACE}/ingresses`,
  `/apis/networking.k8s.io/v1/namespaces/${NAMESPACE}/networkpolicies`,
  `/apis/policy/v1/namespaces/${NAMESPACE}/poddisruptionbudgets`,
]

const ownedOnKubernetes = async (client: ClusterClient): Promise<ReadonlyArray<OwnedObject>> => {
  const lists = await Promise.all(
    kubernetesLists.map(async (path) =>
      (await client.list(path)).map((object) => ({
        path: `${path}/${object.metadata.name}`,
        object,
      })),
    ),
  )
  return lists.flat().filter(({ object }) => fieldsOwnedByOperator(object) !== undefined)
}

/** The same on plain Kubernetes. */
export const kubernetesEndState = async (client: ClusterClient): Promise<unknown> => {
  const config = await getConfig(client)
  return withoutDigests({
    objects: (await ownedOnKubernetes(client)).map(comparable),
    spec: config['spec'],
    finalizers: config.metadata['finalizers'],
    conditions: conditions(config),
  })
}

/** Back to a plain Kubernetes with nothing of a registry in it, and nobody at work. */
export const resetKubernetes = async (client: ClusterClient): Promise<void> => {
  await removeConfig(client)
  for (const { path } of await ownedOnKubernetes(client)) await client.request('DELETE', path)
  await eventually('everything is gone', async () =>
    (await ownedOnKubernetes(client)).length === 0 ? true : undefined,
  )
  await forgetLease(client)
}

/** Retained volumes remember the claim that is gone, and would take no other. */
const freeVolumes = async (client: ClusterClient): Promise<void> => {
  for (const { metadata } of await client.list('/api/v1/persistentvolumes')) {
    await client.send(
      'PATCH',
      `/api/v1/persistentvolumes/${metadata.name}`,
      { spec: { claimRef: null } },
      'application/merge-patch+json',
    )
  }
}

/** Nobody is there who would take the finalizer away. */
const removeConfig = async (client: ClusterClient): Promise<void> => {
  const { code } = await client.request('DELETE', configPath)
  if (code === 200) await mergePatch(client, configPath, { metadata: { finalizers: null } })
}

/** Back to an OpenShift with only facts in it, and nobody at work. */
export const resetCluster = async (client: ClusterClient): Promise<void> => {
  await removeConfig(client)
  for (const path of [prunerPath, clusterOperatorPath]) await client.request('DELETE', path)
  await mergePatch(client, `${imagePath}/status`, { status: null })
  for (const { path } of await ownedObjects(client)) await client.request('DELETE', path)
  await eventually('everything is gone', async () =>
    (await ownedObjects(client)).length === 0 ? true : undefined,
  )
  await freeVolumes(client)
  await forgetLease(client)
}
