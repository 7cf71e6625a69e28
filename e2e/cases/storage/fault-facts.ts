import type { JsonObject, KubeObject } from '@image-registry-operator/render/model'

const base64 = (text: string): string => Buffer.from(text).toString('base64')

const NAMESPACE = 'openshift-image-registry'

const secret = (name: string, entries: Readonly<Record<string, string>>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: NAMESPACE },
  data: Object.fromEntries(Object.entries(entries).map(([key, text]) => [key, base64(text)])),
})

/** Credentials that a person has given. */
export const userSecret = (entries: Readonly<Record<string, string>>): KubeObject =>
  secret('image-registry-private-configuration-user', entries)

/** Credentials of the cluster. */
export const mintedSecret = (entries: Readonly<Record<string, string>>): KubeObject =>
  secret('installer-cloud-credentials', entries)

/** What a cluster on a cloud has for its registry to be in. */
export const clusterOn = (
  infrastructureName: string,
  platformStatus: JsonObject,
): ReadonlyArray<KubeObject> => [
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: NAMESPACE,
      annotations: { 'openshift.io/sa.scc.supplemental-groups': '1000/10000' },
    },
  },
  {
    apiVersion: 'config.openshift.io/v1',
    kind: 'Infrastructure',
    metadata: { name: 'cluster' },
    status: {
      controlPlaneTopology: 'HighlyAvailable',
      infrastructureTopology: 'HighlyAvailable',
      infrastructureName,
      platformStatus,
    },
  },
]
