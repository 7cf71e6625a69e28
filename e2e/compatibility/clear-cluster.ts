import { setTimeout as sleep } from 'node:timers/promises'

import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import { mergePatch } from '../cluster/simulation'
import { belongsToNamespace, isInstalled } from './owners'
import { otherLists, writtenLists, writtenObjects } from './places'

const timeoutMs = 90_000
const pollMs = 100

type Placed = Readonly<{ path: string; object: KubeObject }>

const placedIn = async (client: ClusterClient, list: string): Promise<ReadonlyArray<Placed>> =>
  (await client.list(list)).map((object) => ({ path: `${list}/${object.metadata.name}`, object }))

const placedAt = async (client: ClusterClient, path: string): Promise<ReadonlyArray<Placed>> => {
  const { code, body } = await client.request('GET', path)
  // Whatever the API server returns from such a path is an object.
  return code === 200 ? [{ path, object: body as KubeObject }] : []
}

const leftovers = async (client: ClusterClient): Promise<ReadonlyArray<Placed>> => {
  const found = await Promise.all([
    ...[...writtenLists, ...otherLists].map((list) => placedIn(client, list)),
    ...writtenObjects.map((path) => placedAt(client, path)),
  ])
  return found.flat().filter(({ object }) => !belongsToNamespace(object) && !isInstalled(object))
}

const remove = async (client: ClusterClient, { path, object }: Placed): Promise<void> => {
  // Nobody is left who would take the operator's own finalizer away.
  if (path.includes('imageregistry') && object.metadata['finalizers'] !== undefined) {
    await mergePatch(client, path, { metadata: { finalizers: null } }).catch(() => undefined)
  }
  if (object.metadata.deletionTimestamp !== undefined) return
  await client.request('DELETE', `${path}?propagationPolicy=Background`)
}

/**
 * Takes away all facts, and everything that an operator made of them.
 *
 * Assumptions: no operator runs. What `install` prints stays, as do namespaces and nodes.
 */
export const clearCluster = async (client: ClusterClient): Promise<void> => {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const left = await leftovers(client)
    if (left.length === 0) return
    if (Date.now() > deadline) {
      throw new Error(`These do not go away: ${left.map(({ path }) => path).join(', ')}`)
    }
    await Promise.all(left.map((placed) => remove(client, placed)))
    await sleep(pollMs)
  }
}
