import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parse } from 'yaml'

import { type ClusterClient, clusterClient, type KubeObject } from '../cluster/cluster-client'
import { loadManifests, manifestsIn, openshiftFacts } from '../cluster/load-manifests'
import { objectPath, resourceKinds } from '../cluster/resource-path'
import { installedObjects } from '../harness/openshift-cluster'
import type { DemoCluster } from './demo-cluster'
import type { Printer } from './printer'

type Named<Key extends string> = ReadonlyArray<
  Readonly<{ name: string }> & Readonly<Record<Key, Readonly<Record<string, string | undefined>>>>
>

type UserKubeconfig = Readonly<{
  'current-context': string
  contexts: Named<'context'>
  clusters: Named<'cluster'>
  users: Named<'user'>
}>

const entry = <Key extends string>(list: Named<Key>, key: Key, name: string | undefined) => {
  const found = list.find((item) => item.name === name)
  if (found === undefined) throw new Error(`The kubeconfig has no ${key} named ${name}.`)
  return found[key] as Readonly<Record<string, string | undefined>>
}

/** Inlines files, because the simple client of the tests reads inline data only. */
const inlined = async (
  fields: Readonly<Record<string, string | undefined>>,
  folder: string,
): Promise<Readonly<Record<string, string | undefined>>> => {
  const pairs = await Promise.all(
    ['certificate-authority', 'client-certificate', 'client-key'].map(async (key) => {
      const file = fields[key]
      if (file === undefined) return []
      return [[`${key}-data`, (await readFile(resolve(folder, file))).toString('base64')]]
    }),
  )
  return { ...fields, ...(Object.fromEntries(pairs.flat()) as Record<string, string>) }
}

/** A kubeconfig with one context and everything inline. */
const writeFlatKubeconfig = async (path: string, target: string): Promise<void> => {
  const config = parse(await readFile(path, 'utf8')) as UserKubeconfig
  const context = entry(config.contexts, 'context', config['current-context'])
  const folder = dirname(path)
  const cluster = await inlined(entry(config.clusters, 'cluster', context['cluster']), folder)
  const user = await inlined(entry(config.users, 'user', context['user']), folder)
  const flat = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'given', cluster }],
    users: [{ name: 'given', user }],
    contexts: [{ name: 'given', context: { cluster: 'given', user: 'given' } }],
    'current-context': 'given',
  }
  await writeFile(target, JSON.stringify(flat), { mode: 0o600 })
}

/** Which of these objects the cluster does not have yet. */
const absentObjects = async (
  client: ClusterClient,
  objects: ReadonlyArray<KubeObject>,
): Promise<ReadonlyArray<KubeObject>> => {
  const kinds = resourceKinds(client)
  const absent = await Promise.all(
    objects.map(async (object) => {
      const kind = await kinds(object)
      if (kind === undefined) return [object]
      const { code } = await client.request('GET', objectPath(kind, object.metadata))
      return code === 404 ? [object] : []
    }),
  )
  return absent.flat()
}

const remove = async (client: ClusterClient, objects: ReadonlyArray<KubeObject>): Promise<void> => {
  const kinds = resourceKinds(client)
  for (const object of [...objects].reverse()) {
    const kind = await kinds(object)
    if (kind !== undefined) await client.request('DELETE', objectPath(kind, object.metadata))
  }
}

const configObject = {
  apiVersion: 'imageregistry.operator.openshift.io/v1',
  kind: 'Config',
  metadata: { name: 'cluster' },
}

/** A cluster of the user's. What it lacks of an OpenShift cluster's facts is loaded, and removed at the end. */
export const givenCluster = async (path: string, print: Printer): Promise<DemoCluster> => {
  const folder = await mkdtemp(join(tmpdir(), 'demo-'))
  const kubeconfigPath = join(folder, 'kubeconfig')
  await writeFlatKubeconfig(path, kubeconfigPath)
  const client = clusterClient(kubeconfigPath, 'demo')
  const wanted = [...(await installedObjects()), ...manifestsIn(openshiftFacts)]
  const added = await absentObjects(client, wanted)
  if (!(await absentObjects(client, [configObject as KubeObject])).length)
    throw new Error('The cluster already has a Config named cluster; the demo will not touch it.')
  print.progress(`loading ${added.length} objects that the cluster lacks`)
  await loadManifests({ kubeconfigPath }, added.map((object) => JSON.stringify(object)).join('\n---\n') + '\n')
  return {
    what: `the cluster of ${path}`,
    kubeconfigPath,
    operatorKubeconfigPath: kubeconfigPath,
    client,
    stop: async () => {
      await remove(client, [...added, configObject as KubeObject])
      client.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
