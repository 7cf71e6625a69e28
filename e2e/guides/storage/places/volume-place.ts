import type { KubeObject } from '../../../cluster/cluster-client'
import { asYaml } from '../../../harness/installed-objects'
import { startMinio } from '../../../storage-servers/s3/minio'
import { deployedOn } from '../deployed-on'
import type { StoragePlace } from '../storage-place'

const DISK_CLASS = 'thin-csi'

/** A cluster in no cloud, with disks that one node can mount. */
export const volumePlace = async (): Promise<StoragePlace> => ({
  objects: asYaml([
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: DISK_CLASS },
      provisioner: 'csi.vsphere.vmware.com',
      volumeBindingMode: 'WaitForFirstConsumer',
    },
  ]),
  variables: { DISK_CLASS, NFS_SERVER: '172.16.231.181', NFS_PATH: '/registry' },
  look: (client) => deployedOn(client, 'image-registry-storage'),
  stop: async () => undefined,
})

const defaultClass = (provisioner: string): KubeObject => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: 'standard',
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  provisioner,
  volumeBindingMode: 'WaitForFirstConsumer',
})

/** A cluster as kind makes it. */
export const kindPlace = async (): Promise<StoragePlace> => ({
  machines: { providerId: 'kind://docker/kind/kind-worker' },
  objects: asYaml([defaultClass('rancher.io/local-path')]),
  look: (client) => deployedOn(client, 'image-registry-storage'),
  stop: async () => undefined,
})

const onNode: KubeObject = {
  apiVersion: 'imageregistry.operator.openshift.io/v1',
  kind: 'Config',
  metadata: { name: 'cluster' },
  spec: { managementState: 'Managed', replicas: 1, storage: { emptyDir: {} } },
}

/** A cluster with a registry that keeps images on its node, with a default class of disks, and a service of S3. */
export const movingPlace = async (): Promise<StoragePlace> => {
  const minio = await startMinio()
  return {
    objects: asYaml([defaultClass('rancher.io/local-path'), onNode]),
    hasRegistry: true,
    variables: {
      S3_ENDPOINT: minio.endpoint,
      S3_ACCESS_KEY: minio.accessKey,
      S3_SECRET_KEY: minio.secretKey,
    },
    look: (client) => deployedOn(client, undefined),
    stop: minio.stop,
  }
}

/** A cluster in no cloud, without any storage. */
export const barePlace = async (): Promise<StoragePlace> => ({
  look: (client) => deployedOn(client, undefined),
  stop: async () => undefined,
})
