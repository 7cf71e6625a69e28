import { configWith, s3KeysSecret } from '@image-registry-operator/operator/testing'
import type { JsonObject, KubeObject } from '@image-registry-operator/render/model'

import type { Deed } from './deeds'
import type { Thing } from './storages'
import { CANARY, CLUSTER_CREDENTIALS } from './wishes/credentials'
import { OTHERS, THINGS_OF_OTHERS } from './wishes/others'
import { kubernetesObjects } from './wishes/kubernetes-cluster'
import type { Wish } from './wishes/wish'

/** What somebody wants, in a cluster that has what it takes. */
export type Scenario = {
  readonly name: string
  readonly objects: ReadonlyArray<KubeObject>
  /** What there is before anybody wants anything; absent: what an OpenShift cluster has. */
  readonly cluster?: () => Promise<ReadonlyArray<KubeObject>>
  /** Storages that are there, and somebody else's. */
  readonly things: { readonly [key: string]: Thing }
  /** What somebody does in every history of it, in this order. */
  readonly deeds?: ReadonlyArray<Deed>
}

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

/** A cluster of OpenShift that may use every cloud, and somebody who wants that in it. */
export const openshiftScenario = ({ name, objects }: Wish): Scenario => ({
  name,
  objects: [...OTHERS, CLUSTER_CREDENTIALS, ...objects],
  things: THINGS_OF_OTHERS,
})

/** A plain Kubernetes cluster that may use every cloud, and somebody who wants that in it. */
export const kubernetesScenario = (wish: Wish): Scenario => ({
  ...openshiftScenario(wish),
  cluster: kubernetesObjects,
})

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
