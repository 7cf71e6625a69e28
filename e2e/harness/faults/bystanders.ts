import type { ClusterClient, KubeObject } from '../../cluster/cluster-client'

const NAMESPACE = 'openshift-image-registry'

type Bystander = Readonly<{ list: string; object: KubeObject }>

const named = (name: string, namespace?: string): KubeObject['metadata'] => ({
  name,
  ...(namespace === undefined ? {} : { namespace }),
  // As if it belonged to the registry.
  labels: { 'docker-registry': 'default' },
})

const bystanders: ReadonlyArray<Bystander> = [
  {
    list: `/api/v1/namespaces/${NAMESPACE}/configmaps`,
    object: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: named('image-registry-of-others', NAMESPACE),
      data: { key: 'value' },
    },
  },
  {
    list: `/api/v1/namespaces/${NAMESPACE}/secrets`,
    object: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: named('image-registry-of-others', NAMESPACE),
      stringData: { key: 'a value of somebody else' },
    },
  },
  {
    list: `/api/v1/namespaces/${NAMESPACE}/persistentvolumeclaims`,
    object: {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: named('image-registry-of-others', NAMESPACE),
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'none-has-that-name',
        resources: { requests: { storage: '1Gi' } },
      },
    },
  },
  {
    list: `/apis/networking.k8s.io/v1/namespaces/${NAMESPACE}/networkpolicies`,
    object: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: named('image-registry-of-others', NAMESPACE),
      spec: { podSelector: {} },
    },
  },
  {
    list: '/apis/rbac.authorization.k8s.io/v1/clusterroles',
    object: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: named('system:registry-of-others'),
      rules: [],
    },
  },
]

/** What of it a write would change, but for what controllers add to its status. */
const version = ({ kind, metadata, status: _, ...rest }: KubeObject): unknown => ({
  kind,
  uid: metadata.uid,
  labels: metadata.labels,
  rest: JSON.stringify({ ...rest, metadata: undefined }),
  managers: ((metadata['managedFields'] ?? []) as ReadonlyArray<Readonly<{ manager: string }>>).map(
    ({ manager }) => manager,
  ),
})

/** Objects of somebody else that look like those of a registry. */
export type Bystanders = Readonly<{
  /** All that could tell that somebody has touched them. */
  look: () => Promise<ReadonlyArray<unknown>>
}>

/** Makes them. */
export const makeBystanders = async (client: ClusterClient): Promise<Bystanders> => {
  for (const { list, object } of bystanders) await client.send('POST', list, object)
  const paths = bystanders.map(({ list, object }) => `${list}/${object.metadata.name}`)
  return {
    look: () => Promise.all(paths.map(async (path) => version(await client.send('GET', path)))),
  }
}
