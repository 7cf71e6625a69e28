import type { Agent as HttpAgent } from 'node:http'
import type { Agent as HttpsAgent } from 'node:https'

import type { StorageTarget } from '@image-registry-operator/render/model'
import type { IO } from 'fp-ts/IO'

import { agents, type Agents } from '../agents'

/** The agent for a URL. Those of one host are made once, and kept until `close`. */
export type AzureTransport = {
  readonly agentOf: (url: string) => HttpAgent | HttpsAgent
  readonly close: IO<void>
}

/** How the hosts of Azure are connected to: those of its storage, of its management, and those that give tokens. */
export const azureTransport = (target: StorageTarget): AzureTransport => {
  const known = new Map<string, Agents>()
  const agentsOf = (host: string): Agents => {
    const made = known.get(host) ?? agents(target, host)
    known.set(host, made)
    return made
  }
  return {
    agentOf: (url) => {
      const { hostname, protocol } = new URL(url)
      return protocol === 'https:' ? agentsOf(hostname).https : agentsOf(hostname).http
    },
    close: () => {
      known.forEach(({ http, https }) => {
        http.destroy()
        https.destroy()
      })
      known.clear()
    },
  }
}
