import { readdir, readFile } from 'node:fs/promises'

import { crds } from '@image-registry-operator/render'
import type { KubeObject } from '@image-registry-operator/render/model'
import { parseAllDocuments } from 'yaml'

const FACTS = new URL('../../../../e2e/cluster/openshift-facts/', import.meta.url)

const objectsIn = async (file: string): Promise<ReadonlyArray<KubeObject>> =>
  parseAllDocuments(await readFile(new URL(file, FACTS), 'utf8'))
    .map((document) => document.toJS() as KubeObject | null)
    .filter((object) => object !== null)

/** Everything that an OpenShift cluster has before our operator comes, our definitions included. */
export const openshiftObjects = async (): Promise<ReadonlyArray<KubeObject>> => {
  const files = (await readdir(FACTS)).filter((name) => name.endsWith('.yaml')).sort()
  const facts = (await Promise.all(files.map(objectsIn))).flat()
  return [...crds(), ...facts]
}

/** The Config named `cluster` with this spec. */
export const configWith = (spec: KubeObject['spec']): KubeObject => ({
  apiVersion: 'imageregistry.operator.openshift.io/v1',
  kind: 'Config',
  metadata: { name: 'cluster' },
  ...(spec === undefined ? {} : { spec }),
})
