import type { ClusterClient, KubeObject } from '../../../cluster/cluster-client'
import { mergePatch, startSimulation } from '../../../cluster/simulation'
import type { Reaction } from '../../../cluster/watch-loop'
import { userClient } from '../../../cases/storage/s3-bucket-world'
import { asYaml } from '../../../harness/installed-objects'
import { startMinio } from '../../../storage-servers/s3/minio'
import type { S3Server } from '../../../storage-servers/s3/s3-server'
import { deployedOn } from '../deployed-on'
import { type StoragePlace, stopAll } from '../storage-place'

const claims = '/apis/objectbucket.io/v1alpha1/objectbucketclaims'

const definition: KubeObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'objectbucketclaims.objectbucket.io' },
  spec: {
    group: 'objectbucket.io',
    names: {
      kind: 'ObjectBucketClaim',
      listKind: 'ObjectBucketClaimList',
      plural: 'objectbucketclaims',
      singular: 'objectbucketclaim',
    },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1alpha1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: {
          openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    ],
  },
}

const storageClass = (name: string, provisioner: string): KubeObject => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name },
  provisioner,
})

/** The authority of OpenShift's services, as it is in every namespace. */
const serviceAuthority = (pem: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'openshift-service-ca.crt', namespace: 'openshift-image-registry' },
  data: { 'service-ca.crt': pem },
})

const BUCKET = 'registry-images-5ac2f3de'

const made = async (
  client: ClusterClient,
  { metadata }: KubeObject,
  { endpoint, accessKey, secretKey }: S3Server,
): Promise<void> => {
  const namespace = `/api/v1/namespaces/${metadata.namespace}`
  const { hostname, port } = new URL(endpoint)
  const { name } = metadata
  await client.send('POST', `${namespace}/configmaps`, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name },
    data: { BUCKET_NAME: BUCKET, BUCKET_HOST: hostname, BUCKET_PORT: port },
  })
  await client.send('POST', `${namespace}/secrets`, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name },
    stringData: { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey },
  })
}

/** Gives every claim the one bucket that there is. */
const provide =
  (server: S3Server) =>
  (client: ClusterClient): Reaction =>
  async (claim) => {
    if (claim['status'] !== undefined) return
    await made(client, claim, server)
    const { namespace, name } = claim.metadata
    const path = `/apis/objectbucket.io/v1alpha1/namespaces/${namespace}/objectbucketclaims/${name}`
    await mergePatch(client, `${path}/status`, { status: { phase: 'Bound' } })
  }

/** A cluster with the claims of buckets and the classes of OpenShift Data Foundation; the buckets are in MinIO. */
export const bucketClaimPlace = async (): Promise<StoragePlace> => {
  const minio = await startMinio({ tls: true })
  const s3 = userClient(minio)
  await s3.createBucket({ Bucket: BUCKET })
  return {
    objects: asYaml([
      definition,
      storageClass('ocs-storagecluster-cephfs', 'openshift-storage.cephfs.csi.ceph.com'),
      storageClass('openshift-storage.noobaa.io', 'openshift-storage.noobaa.io/obc'),
      serviceAuthority(minio.authorities ?? ''),
    ]),
    begin: (controlPlane) =>
      startSimulation(controlPlane, 'simulated-buckets', [{ path: claims, react: provide(minio) }]),
    look: (client) => deployedOn(client, 'registry-volume'),
    stop: stopAll({ stop: async () => s3.destroy() }, minio),
  }
}
