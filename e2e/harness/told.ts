import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import { watchLoop } from '../cluster/watch-loop'
import type { Condition } from './config-status'
import { clusterOperatorPath, configPath } from './registry-objects'

/** What somebody who watches is told: of which object, of which of its conditions, and its status from then on. */
export type Told = Readonly<{ kind: string; type: string; status: string; reason: string }>

/** Notes every turn of a condition of the Config and of the ClusterOperator. */
export type Listener = Readonly<{
  /** All turns since it was asked last. */
  take: () => ReadonlyArray<Told>
  stop: () => Promise<void>
}>

const conditionsOf = ({ status }: KubeObject): ReadonlyArray<Condition> =>
  ((status ?? {}) as Readonly<{ conditions?: ReadonlyArray<Condition> }>).conditions ?? []

const watched = (path: string): string => path.slice(0, path.lastIndexOf('/'))

/** Begins to listen; what is there already is no turn. */
export const listening = (client: ClusterClient): Listener => {
  const now = new Map<string, string>()
  const turns: Told[] = []
  const hear = async (object: KubeObject): Promise<void> => {
    for (const { type, status, reason } of conditionsOf(object)) {
      const key = `${object.kind} ${object.metadata.name} ${type}`
      const before = now.get(key)
      now.set(key, status)
      if (before !== undefined && before !== status)
        turns.push({ kind: object.kind, type, status, reason })
    }
  }
  const ending = new AbortController()
  const loops = [configPath, clusterOperatorPath].map((path) =>
    watchLoop(client, watched(path), hear, ending.signal),
  )
  return {
    take: () => turns.splice(0),
    stop: async () => {
      ending.abort()
      await Promise.all(loops)
    },
  }
}
