import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { type ClusterClient, clusterClient, type KubeObject } from '../cluster/cluster-client'
import { removeAtExit } from '../cluster/exit-cleanup'
import { loadManifests, manifestsIn, openshiftFacts } from '../cluster/load-manifests'
import { startOpenshiftControllers } from '../cluster/openshift-controllers'
import { objectPath, resourceKinds } from '../cluster/resource-path'
import { mergePatch, type Simulation } from '../cluster/simulation'
import { asYaml, installedObjects } from '../harness/installed-objects'
import { configPath, isBootstrapped, ownedObjects, prunerPath } from '../harness/registry-objects'
import type { DemoCluster } from './demo-cluster'
import { operatorAsProcess } from './demo-operator'
import type { Printer } from './printer'
import { openshiftSample } from './sample-configs'
import { userKubeconfig } from './user-kubeconfig'

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

/** The demo would be in the way of whoever uses the cluster for this already. */
const refuseTaken = async (client: ClusterClient, path: string): Promise<void> => {
  const { code } = await client.request('GET', '/version').catch((error: unknown) => {
    throw new Error(
      `The cluster of ${path} does not answer (${String(error)}): is it running, and can it be reached from here?`,
      { cause: error },
    )
  })
  if (code === 401 || code === 403)
    throw new Error(`The cluster of ${path} does not let you in (${code}): log in again.`)
  if ((await client.request('GET', configPath)).code === 200)
    throw new Error(
      `The cluster of ${path} has a Config named cluster already, which the demo will not touch: choose another cluster.`,
    )
}

const isRouteDefinition = ({ kind, metadata }: KubeObject): boolean =>
  kind === 'CustomResourceDefinition' && metadata.name === 'routes.route.openshift.io'

type Furniture = Readonly<{ added: ReadonlyArray<KubeObject>; simulations: Simulation }>

/** Adds what the cluster lacks of OpenShift, controllers included. */
const furnish = async (
  client: ClusterClient,
  kubeconfigPath: string,
  print: Printer,
): Promise<Furniture> => {
  const facts = await absentObjects(client, manifestsIn(openshiftFacts))
  print.progress(`loading ${facts.length} facts of OpenShift that the cluster lacks`)
  await loadManifests({ kubeconfigPath }, asYaml(facts))
  const installed = await absentObjects(client, await installedObjects())
  print.progress(`loading ${installed.length} definitions and permissions of the operator`)
  await loadManifests({ kubeconfigPath }, asYaml(installed), 'install')
  const kubeconfigFor = (): Promise<string> => Promise.resolve(kubeconfigPath)
  const simulations = facts.some(isRouteDefinition)
    ? await startOpenshiftControllers({ kubeconfigFor })
    : { stop: () => Promise.resolve() }
  return { added: [...facts, ...installed], simulations }
}

/** Namespaces empty themselves, and volumes wait for their claims. */
const goneTimeoutMs = 60_000

const untilGone = async (
  client: ClusterClient,
  objects: ReadonlyArray<KubeObject>,
  print: Printer,
): Promise<void> => {
  const deadline = Date.now() + goneTimeoutMs
  for (;;) {
    const absent = await absentObjects(client, objects)
    const left = objects.filter((object) => !absent.includes(object))
    if (left.length === 0) return
    const names = left.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(', ')
    if (Date.now() > deadline) return print.note(`still there, though deleted: ${names}`)
    print.progress(`waiting until ${names} are gone`)
    await sleep(1_000)
  }
}

/** The operator has ended already, and nobody else takes its finalizer away. */
const removeConfig = async (client: ClusterClient): Promise<void> => {
  const { code } = await client.request('DELETE', configPath)
  if (code === 200) await mergePatch(client, configPath, { metadata: { finalizers: null } })
}

/** One that was there before is the user's. */
const removePruner = async (client: ClusterClient): Promise<void> => {
  const { code, body } = await client.request('GET', prunerPath)
  // Whatever the API server returns from there is an object.
  if (code === 200 && isBootstrapped(body as KubeObject)) await client.request('DELETE', prunerPath)
}

const removeEverything = async (
  client: ClusterClient,
  added: ReadonlyArray<KubeObject>,
  print: Printer,
): Promise<void> => {
  await removeConfig(client)
  await removePruner(client)
  const owned = await ownedObjects(client).catch(() => [])
  for (const { path } of owned) await client.request('DELETE', path)
  await remove(client, added)
  await untilGone(client, added, print)
}

// Nodes that are not simulated pull images, so it must be one that is there.
const realImage = 'quay.io/openshift/origin-docker-registry:latest'

/** A cluster of the user's. What it lacks of an OpenShift cluster is added, and removed at the end. */
export const givenCluster = async (path: string, print: Printer): Promise<DemoCluster> => {
  const config = await userKubeconfig(path)
  const folder = await mkdtemp(join(tmpdir(), 'demo-'))
  const forgetFolder = removeAtExit(folder)
  const kubeconfigPath = join(folder, 'kubeconfig')
  await writeFile(kubeconfigPath, JSON.stringify(config), { mode: 0o600 })
  const client = clusterClient(kubeconfigPath, 'demo')
  await refuseTaken(client, path)
  const { added, simulations } = await furnish(client, kubeconfigPath, print)
  const nodes = await client.list('/api/v1/nodes')
  if (nodes.length === 0) print.note('the cluster has no nodes, so no pod will ever run there')
  const releaseEnv = { IMAGE: process.env['IMAGE'] ?? realImage }
  return {
    what: `the cluster of ${path}, at ${config.clusters[0].cluster.server}`,
    sample: openshiftSample,
    kubeconfigPath: path,
    releaseEnv,
    startOperator: () => operatorAsProcess({ kubeconfigPath: path, env: releaseEnv }),
    client,
    stop: async () => {
      await simulations.stop()
      await removeEverything(client, added, print)
      client.close()
      await rm(folder, { recursive: true, force: true })
      forgetFolder()
    },
  }
}
