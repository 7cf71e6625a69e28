import { readFileSync } from 'node:fs'

import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import { manifestsIn } from '../cluster/load-manifests'

const configs = '/apis/imageregistry.operator.openshift.io/v1/configs'
const claims = '/api/v1/namespaces/openshift-image-registry/persistentvolumeclaims'

const apply = (client: ClusterClient, path: string, object: unknown): Promise<KubeObject> =>
  client.send('PATCH', `${path}?fieldManager=demo&force=true`, object, 'application/apply-patch+yaml')

/** The one Config in a file; throws when there is none, or more than one. */
export const configIn = (path: string): KubeObject => {
  const found = manifestsIn(`${readFileSync(path, 'utf8')}\n`).filter(({ kind }) => kind === 'Config')
  const [config] = found
  if (config === undefined || found.length > 1)
    throw new Error(`${path} must hold one manifest of kind Config; it holds ${found.length}.`)
  return config
}

/** Applies a Config as a user would, without what only the server sets. */
export const applyConfig = (client: ClusterClient, config: KubeObject): Promise<KubeObject> => {
  const { apiVersion, kind, metadata, spec } = config
  const { name, labels, annotations } = metadata
  const body = { apiVersion, kind, metadata: { name, labels, annotations }, spec }
  return apply(client, `${configs}/${name}`, body)
}

export const applyClaim = async (client: ClusterClient, path: string): Promise<void> => {
  for (const claim of manifestsIn(path)) {
    await apply(client, `${claims}/${claim.metadata.name}`, claim)
  }
}
