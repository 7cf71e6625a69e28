import type { KubeObject } from '@image-registry-operator/render/model'

import type { Thing } from '../storages'
import { CANARY, REGISTRY_NAMESPACE, secretOf } from './credentials'

/** What is called so is somebody else’s. */
export const OWN_NAME = 'of-somebody'

const claim = (name: string, accessMode: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: REGISTRY_NAMESPACE },
  spec: { accessModes: [accessMode], resources: { requests: { storage: '1Gi' } } },
})

/** What others have in our namespace. */
export const OTHERS: ReadonlyArray<KubeObject> = [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: OWN_NAME, namespace: REGISTRY_NAMESPACE },
    data: { key: 'value' },
  },
  claim(OWN_NAME, 'ReadWriteMany'),
  claim(`${OWN_NAME}-for-one-node`, 'ReadWriteOnce'),
  secretOf(OWN_NAME, { password: `${CANARY}-password` }),
]

const theirs = (name: string, images = 3): Thing => ({
  name,
  madeBy: 'somebody',
  marks: { team: 'somebody' },
  settings: {},
  images,
})

/** What others have in the clouds. */
export const THINGS_OF_OTHERS: { readonly [key: string]: Thing } = {
  's3/theirs/bucket': theirs('theirs'),
  's3/theirs-versioned/bucket': theirs('theirs-versioned'),
  'gcs/theirs/bucket': theirs('theirs'),
  'azure/theirs/account': theirs('theirs', 0),
  'azure/theirs/theirs/container': theirs('theirs'),
  'swift/theirs/container': theirs('theirs'),
  'ibm/theirs/service-instance': theirs('theirs', 0),
  'ibmcos/theirs/bucket': theirs('theirs'),
}
