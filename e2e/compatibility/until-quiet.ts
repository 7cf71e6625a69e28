import { setTimeout as sleep } from 'node:timers/promises'

import type { ClusterClient } from '../cluster/cluster-client'
import { otherLists, writtenLists } from './places'

const pollMs = 400

const versionsIn = async (client: ClusterClient): Promise<string> => {
  // Leases are renewed for as long as somebody holds them.
  const lists = [...writtenLists, ...otherLists].filter((list) => !list.endsWith('/leases'))
  const objects = await Promise.all(lists.map((list) => client.list(list)))
  return objects
    .flat()
    .map(({ metadata }) => `${metadata.uid} ${String(metadata['resourceVersion'])}`)
    .join('\n')
}

export type Quiet = Readonly<{ quietMs?: number; timeoutMs?: number }>

/** Waits until nothing changes any more that an operator of the registry writes; false if it never stops. */
export const untilQuiet = async (
  client: ClusterClient,
  { quietMs = 4_000, timeoutMs = 90_000 }: Quiet = {},
): Promise<boolean> => {
  const deadline = Date.now() + timeoutMs
  let versions = await versionsIn(client)
  let since = Date.now()
  while (Date.now() < deadline) {
    await sleep(pollMs)
    const now = await versionsIn(client)
    if (now !== versions) {
      versions = now
      since = Date.now()
    } else if (Date.now() - since >= quietMs) return true
  }
  return false
}
