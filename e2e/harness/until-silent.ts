import { setTimeout as sleep } from 'node:timers/promises'

import type { AuditEvent } from '../cluster/audit-log'
import type { ControlPlane } from '../cluster/control-plane'
import { requestsOf } from '../cluster/requests'

const pollMs = 200

export type Silence = Readonly<{ user: string; from: Date; silentMs: number; timeoutMs?: number }>

const isOfLease = ({ objectRef }: AuditEvent): boolean => objectRef?.resource === 'leases'

/** Waits until a user has asked for nothing but its lease for a while; gives all that it has asked for since. */
export const untilSilent = async (
  controlPlane: Pick<ControlPlane, 'auditEvents'>,
  { user, from, silentMs, timeoutMs = 60_000 }: Silence,
): Promise<ReadonlyArray<AuditEvent>> => {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const all = requestsOf(await controlPlane.auditEvents(), { user, from })
    const requests = all.filter((event) => !isOfLease(event))
    const last = Math.max(from.getTime(), ...requests.map(({ time }) => time.getTime()))
    if (Date.now() - last >= silentMs) return requests
    if (Date.now() > deadline) throw new Error(`${user} has not been silent in ${timeoutMs} ms.`)
    await sleep(pollMs)
  }
}
