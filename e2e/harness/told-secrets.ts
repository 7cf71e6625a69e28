import { leaksOf } from '@image-registry-operator/apply/testing'

import { clusterClient, type KubeObject } from '../cluster/cluster-client'

const namespace = '/api/v1/namespaces/openshift-image-registry'
const ours = '/apis/imageregistry.operator.openshift.io/v1'

const named = (name: string): string => `?fieldSelector=metadata.name%3D${name}`

/**
 * The Secrets of the registry, and what everybody else gets to see of it, as far as the operator itself may read it: by its
 * kind, because lists leave out of their items what they are.
 */
const lists: ReadonlyArray<readonly [kind: string, path: string]> = [
  ['Secret', `${namespace}/secrets`],
  ['ConfigMap', `${namespace}/configmaps`],
  ['Deployment', '/apis/apps/v1/namespaces/openshift-image-registry/deployments'],
  ['Config', `${ours}/configs${named('cluster')}`],
  ['ImagePruner', `${ours}/imagepruners${named('cluster')}`],
  ['ClusterOperator', `/apis/config.openshift.io/v1/clusteroperators${named('image-registry')}`],
]

/** What there is of it: a cluster may not serve all of it, not let everybody read it, or be gone already. */
const present = async (kubeconfigPath: string): Promise<ReadonlyArray<KubeObject>> => {
  const client = clusterClient(kubeconfigPath, 'told-secrets')
  try {
    const read = await Promise.allSettled(lists.map(([, path]) => client.list(path)))
    return read.flatMap((list, index) =>
      list.status === 'rejected'
        ? []
        : list.value.map((object) => ({
            ...object,
            apiVersion: 'v1',
            kind: lists[index]?.[0] ?? '',
          })),
    )
  } finally {
    client.close()
  }
}

/** Throws if an operator has told anybody a value of a Secret: by these texts of its own, or by what it has written into the cluster. */
export const refuseToldSecrets = async (
  kubeconfigPath: string,
  texts: Readonly<Record<string, string>>,
): Promise<void> => {
  const leaks = leaksOf((await present(kubeconfigPath)) as Parameters<typeof leaksOf>[0], texts)
  if (leaks.length > 0) throw new Error(`secrets were told:\n${leaks.join('\n')}`)
}
