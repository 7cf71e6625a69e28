import { readFileSync } from 'node:fs'

import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import { manifestsIn } from '../cluster/load-manifests'
import { fileProblem, shownPath } from './file-problem'

const configs = '/apis/imageregistry.operator.openshift.io/v1/configs'
const claims = '/api/v1/namespaces/openshift-image-registry/persistentvolumeclaims'

const apply = (client: ClusterClient, path: string, object: unknown): Promise<KubeObject> =>
  client.send(
    'PATCH',
    `${path}?fieldManager=demo&force=true`,
    object,
    'application/apply-patch+yaml',
  )

const teaching = 'Give the path of a YAML file with one Config, or none to see the sample.'

const manifestsOf = (path: string): ReadonlyArray<KubeObject> => {
  try {
    return manifestsIn(`${readFileSync(path, 'utf8')}\n`)
  } catch (error) {
    throw new Error(`${shownPath(path)} cannot be used: ${fileProblem(error)}. ${teaching}`, {
      cause: error,
    })
  }
}

const isConfig = (object: unknown): object is KubeObject =>
  (object as Readonly<{ kind?: unknown }>).kind === 'Config'

/** The one Config in a file; throws one line when there is none, or more than one. */
export const configIn = (path: string): KubeObject => {
  const found = manifestsOf(path).filter(isConfig)
  const [config] = found
  if (config === undefined || found.length > 1)
    throw new Error(
      `${shownPath(path)} holds ${found.length} manifests of kind Config. ${teaching}`,
    )
  if ((config.metadata as Partial<KubeObject['metadata']> | undefined)?.name !== 'cluster')
    throw new Error(
      `${shownPath(path)}: metadata.name must be cluster: the operator reads no other Config.`,
    )
  return config
}

/** What of a Config the demo does not apply although a cluster would take it, a line each. */
export const leftOut = ({ metadata }: KubeObject): ReadonlyArray<string> =>
  ['finalizers', 'ownerReferences']
    .filter((field) => field in metadata)
    .map((field) => `metadata.${field}: is left out: whoever would act on it is not here`)

/** Applies a Config as a user would, without what only a server sets. */
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
