import type { StorageTarget } from '@image-registry-operator/render/model'
import type { IO } from 'fp-ts/IO'

import { type Agents, agents } from '../agents'

/** One pair of agents for each host, which keeps connections for the next request until `close`. */
export type KeptAgents = {
  readonly agentsOf: (host: string) => Agents
  readonly close: IO<void>
}

export const keptAgents = (target: StorageTarget): KeptAgents => {
  const kept = new Map<string, Agents>()
  return {
    agentsOf: (host) => {
      const found = kept.get(host) ?? agents(target, host)
      kept.set(host, found)
      return found
    },
    close: () => {
      kept.forEach(({ http, https }) => {
        http.destroy()
        https.destroy()
      })
    },
  }
}
