import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import { watchLoop } from '../cluster/watch-loop'
import type { Condition } from './config-status'
import { configPath } from './registry-objects'

/** What a condition of the Config became, when somebody who watches was told so. */
export type Turn = Readonly<Pick<Condition, 'type' | 'status' | 'reason' | 'message'>>

/** Writes down what the conditions of the Config become. */
export type ConditionTurns = Readonly<{
  /** All turns so far, in their order; what was there at the beginning is the first turn. */
  all: () => ReadonlyArray<Turn>
  stop: () => Promise<void>
}>

const conditionsOf = ({ status }: KubeObject): ReadonlyArray<Condition> =>
  ((status ?? {}) as Readonly<{ conditions?: ReadonlyArray<Condition> }>).conditions ?? []

/** Watches the Config, until it is told to stop. */
export const conditionTurns = (client: ClusterClient): ConditionTurns => {
  const turns: Array<Turn> = []
  const now = new Map<string, string>()
  const ending = new AbortController()
  const note = async (config: KubeObject): Promise<void> => {
    for (const { type, status, reason, message } of conditionsOf(config)) {
      const said = `${status} ${reason}`
      if (now.get(type) === said) continue
      now.set(type, said)
      turns.push({ type, status, reason, message })
    }
  }
  const watched = watchLoop(
    client,
    configPath.slice(0, configPath.lastIndexOf('/')),
    note,
    ending.signal,
  )
  return {
    all: () => [...turns],
    stop: async () => {
      ending.abort()
      await watched
    },
  }
}
