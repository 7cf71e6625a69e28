import { configWith, s3KeysSecret } from '@image-registry-operator/operator/testing'
import type { JsonObject, KubeObject } from '@image-registry-operator/render/model'

import type { Thing } from './storages'

/** What somebody wants, in a cluster that has what it takes. */
export type Scenario = {
  readonly name: string
  readonly objects: ReadonlyArray<KubeObject>
  /** Storages that are there, and somebody else's. */
  readonly things: { readonly [key: string]: Thing }
}

/** What nobody may ever read where it does not belong. */
export const CANARY = 'canary-K7Q9'

/** What is called so is somebody else’s. */
export const OWN_NAME = 'of-somebody'

const NAMESPACE = 'openshift-image-registry'

/** What others have in our namespace. */
const OTHERS: ReadonlyArray<KubeObject> = [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: OWN_NAME, namespace: NAMESPACE },
    data: { key: 'value' },
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: OWN_NAME, namespace: NAMESPACE },
    spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } } },
  },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: OWN_NAME, namespace: NAMESPACE },
    data: { password: Buffer.from(`${CANARY}-password`).toString('base64') },
  },
]

const KEYS = s3KeysSecret(`${CANARY}-id`, `${CANARY}-secret`)

const managed = (spec: JsonObject): KubeObject =>
  configWith({ managementState: 'Managed', replicas: 2, ...spec })

const foreign = (name: string): Thing => ({
  name,
  madeBy: 'somebody',
  marks: { team: 'somebody' },
  settings: {},
  images: 3,
})

const S3 = { bucket: 'images', region: 'eu-central-1' }

export const SCENARIOS: ReadonlyArray<Scenario> = [
  {
    name: 'emptyDir',
    objects: [...OTHERS, managed({ replicas: 1, storage: { emptyDir: {} } })],
    things: {},
  },
  {
    name: 'a bucket of S3 that is to be made',
    objects: [...OTHERS, KEYS, managed({ storage: { managementState: 'Managed', s3: S3 } })],
    things: {},
  },
  {
    name: 'a bucket of S3 that is somebody else’s',
    objects: [...OTHERS, KEYS, managed({ storage: { s3: { ...S3, bucket: 'theirs' } } })],
    things: { 's3/theirs/bucket': foreign('theirs') },
  },
  {
    name: 'a claim, and a route',
    objects: [...OTHERS, managed({ defaultRoute: true, storage: { pvc: { claim: '' } } })],
    things: {},
  },
  {
    name: 'removed',
    objects: [
      ...OTHERS,
      KEYS,
      configWith({ managementState: 'Removed', replicas: 1, storage: {} }),
    ],
    things: { 's3/theirs/bucket': foreign('theirs') },
  },
]
