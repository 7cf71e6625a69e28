import type { KubeObject } from '@image-registry-operator/render/model'

/** Where a person, and where the cluster, puts credentials for the storage. */
export const OF_PERSON = 'image-registry-private-configuration-user'
export const OF_CLUSTER = 'installer-cloud-credentials'

/** A text as it is in the data of a Secret. */
export const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** A Secret of the registry's namespace with these texts. */
export const credentialsSecret = (
  name: typeof OF_PERSON | typeof OF_CLUSTER,
  texts: { readonly [key: string]: string },
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: 'openshift-image-registry' },
  data: Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, base64(text)])),
})

/** The Secret in which a person gives keys for S3. */
export const s3KeysSecret = (id: string, secret: string): KubeObject =>
  credentialsSecret(OF_PERSON, {
    REGISTRY_STORAGE_S3_ACCESSKEY: id,
    REGISTRY_STORAGE_S3_SECRETKEY: secret,
  })
