import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseAllDocuments } from 'yaml'

import { type ClusterClient, clusterClient, type KubeObject } from './cluster-client'
import type { ControlPlane } from './control-plane'
import { objectPath, type ResourceKind, type ResourceKinds, resourceKinds } from './resource-path'
import { untilObject } from './until-object'

const factsManager = 'openshift-facts'
const servedTimeoutMs = 20_000

/** The manifests that make a control plane look like OpenShift. */
export const openshiftFacts = join(import.meta.dirname, 'openshift-facts')

const yamlIn = (path: string): string =>
  statSync(path).isFile()
    ? readFileSync(path, 'utf8')
    : readdirSync(path)
        .filter((name) => name.endsWith('.yaml'))
        .sort()
        .map((name) => readFileSync(join(path, name), 'utf8'))
        .join('\n---\n')

/** The objects in a folder, in a file or in a text of YAML. */
export const manifestsIn = (pathOrYaml: string): ReadonlyArray<KubeObject> => {
  const text = pathOrYaml.includes('\n') ? pathOrYaml : yamlIn(pathOrYaml)
  return parseAllDocuments(text).flatMap((document) => {
    const [problem] = document.errors
    if (problem !== undefined) throw problem
    const object = document.toJS() as KubeObject | null
    return object === null ? [] : [object]
  })
}

/** Waits for a kind to be served, as those of a new CustomResourceDefinition are after a moment. */
const servedKind = async (kinds: ResourceKinds, object: KubeObject): Promise<ResourceKind> => {
  const deadline = Date.now() + servedTimeoutMs
  for (;;) {
    const kind = await kinds(object)
    if (kind !== undefined) return kind
    if (Date.now() > deadline) throw new Error(`${object.apiVersion} ${object.kind} is not served.`)
    await sleep(50)
  }
}

type Loading = Readonly<{ client: ClusterClient; kinds: ResourceKinds; fieldManager: string }>

const apply = (
  { client, fieldManager }: Loading,
  path: string,
  object: unknown,
): Promise<KubeObject> =>
  client.send(
    'PATCH',
    `${path}?fieldManager=${fieldManager}&force=true`,
    object,
    'application/apply-patch+yaml',
  )

const applyObject = async (loading: Loading, object: KubeObject): Promise<void> => {
  const kind = await servedKind(loading.kinds, object)
  const path = objectPath(kind, object.metadata)
  const { status, ...desired } = object
  await apply(loading, path, desired)
  if (status === undefined || !kind.hasStatus) return
  const { apiVersion, kind: kindName, metadata } = object
  const { name, namespace } = metadata
  await apply(loading, `${path}/status`, {
    apiVersion,
    kind: kindName,
    metadata: { name, namespace },
    status,
  })
}

type Condition = Readonly<{ type: string; status: string }>

const isEstablished = ({ status }: KubeObject): boolean => {
  // The API server writes null for a list without entries.
  const { conditions } = status as Readonly<{ conditions: ReadonlyArray<Condition> | null }>
  return (conditions ?? []).some(({ type, status: is }) => type === 'Established' && is === 'True')
}

type DefinitionSpec = Readonly<{
  group: string
  names: Readonly<{ plural: string }>
  versions: ReadonlyArray<Readonly<{ name: string; served: boolean }>>
}>

/**
 * Only from then on are objects of a CustomResourceDefinition sure to be served. When it is
 * established, the API server may still answer that storage is initializing (429).
 */
const untilEstablished = async (
  client: ClusterClient,
  { metadata, spec }: KubeObject,
): Promise<void> => {
  const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${metadata.name}`
  await untilObject(client, path, isEstablished, servedTimeoutMs)
  const { group, names, versions } = spec as DefinitionSpec
  for (const { name } of versions.filter(({ served }) => served)) {
    // Version 0 asks the cache, which is what takes its time.
    const list = `/apis/${group}/${name}/${names.plural}?limit=1&resourceVersion=0`
    await untilObject(client, list, () => true, servedTimeoutMs)
  }
}

const rank = ({ kind }: KubeObject): number =>
  kind === 'CustomResourceDefinition' ? 0 : kind === 'Namespace' ? 1 : 2

/**
 * Applies manifests: a folder, a file, or YAML itself, with the status where they have one.
 *
 * Guarantees: definitions are established before their objects are written, and namespaces are
 * written before what is in them, wherever in the folder they stand.
 */
export const loadManifests = async (
  controlPlane: Pick<ControlPlane, 'kubeconfigPath'>,
  pathOrYaml: string,
  fieldManager = factsManager,
): Promise<ReadonlyArray<KubeObject>> => {
  const client = clusterClient(controlPlane.kubeconfigPath, fieldManager)
  const objects = manifestsIn(pathOrYaml)
  const loading = { client, kinds: resourceKinds(client), fieldManager }
  try {
    for (const step of [0, 1, 2]) {
      const group = objects.filter((object) => rank(object) === step)
      await Promise.all(group.map((object) => applyObject(loading, object)))
      if (step === 0) await Promise.all(group.map((object) => untilEstablished(client, object)))
    }
  } finally {
    client.close()
  }
  return objects
}
