import { readFileSync } from 'node:fs'

import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import { manifestsIn } from '../cluster/load-manifests'

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

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
}

/** Why a file cannot be read or parsed, in a few words. */
const why = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const { code = '' } = error as NodeJS.ErrnoException
  // Errors of YAML show the lines around; the first line says what and where.
  return reasons[code] ?? error.message.split('\n')[0]?.replace(/:$/, '') ?? ''
}

const manifestsOf = (path: string): ReadonlyArray<KubeObject> => {
  try {
    return manifestsIn(`${readFileSync(path, 'utf8')}\n`)
  } catch (error) {
    throw new Error(`${path} cannot be used: ${why(error)}. ${teaching}`, { cause: error })
  }
}

const isConfig = (object: unknown): object is KubeObject =>
  (object as Readonly<{ kind?: unknown }>).kind === 'Config'

/** The one Config in a file; throws one line when there is none, or more than one. */
export const configIn = (path: string): KubeObject => {
  const found = manifestsOf(path).filter(isConfig)
  const [config] = found
  if (config === undefined || found.length > 1)
    throw new Error(`${path} holds ${found.length} manifests of kind Config. ${teaching}`)
  if ((config.metadata as Partial<KubeObject['metadata']> | undefined)?.name !== 'cluster')
    throw new Error(`${path}: metadata.name must be cluster: the operator reads no other Config.`)
  return config
}

/** Of an object's metadata, what its author writes. */
const authored = ['name', 'labels', 'annotations']

/** What of a Config's metadata only a server, or the operator of that time, has set; a line for it, if any. */
export const leftOut = ({ metadata }: KubeObject): ReadonlyArray<string> => {
  // The operator itself tells of this one.
  const fields = Object.keys(metadata).filter((field) => ![...authored, 'selfLink'].includes(field))
  return fields.length === 0
    ? []
    : [`metadata: ${fields.join(', ')}: left out; a cluster sets these, not the author of a Config`]
}

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
