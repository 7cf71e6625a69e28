import { readdir, readFile } from 'node:fs/promises'

import { crds } from '@image-registry-operator/render'
import type { KubeObject } from '@image-registry-operator/render/model'
import { parseAllDocuments } from 'yaml'

const FACTS = new URL('../../../../e2e/cluster/openshift-facts/', import.meta.url)

const objectsIn = async (file: string): Promise<ReadonlyArray<KubeObject>> =>
  parseAllDocuments(await readFile(new URL(file, FACTS), 'utf8'))
    .map((document) => document.toJS() as KubeObject | null)
    .filter((object) => object !== null)

/** What service-ca makes for the Service: nobody plays it in memory. */
const SERVING_CERTIFICATE: KubeObject = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'image-registry-tls', namespace: 'openshift-image-registry' },
  type: 'kubernetes.io/tls',
  data: {
    'tls.crt': Buffer.from('no certificate of the registry').toString('base64'),
    'tls.key': Buffer.from('no key of the registry').toString('base64'),
  },
}

/** Everything that an OpenShift cluster has before our operator comes, our definitions included. */
export const openshiftObjects = async (): Promise<ReadonlyArray<KubeObject>> => {
  const files = (await readdir(FACTS)).filter((name) => name.endsWith('.yaml')).sort()
  const facts = (await Promise.all(files.map(objectsIn))).flat()
  return [...crds(), ...facts, SERVING_CERTIFICATE]
}

/** The Config named `cluster` with this spec. */
export const configWith = (spec: KubeObject['spec']): KubeObject => ({
  apiVersion: 'imageregistry.operator.openshift.io/v1',
  kind: 'Config',
  metadata: { name: 'cluster' },
  ...(spec === undefined ? {} : { spec }),
})
