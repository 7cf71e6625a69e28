import { open, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

import { type AuditEvent, auditEventsIn } from '../cluster/audit-log'
import type { ControlPlane } from '../cluster/control-plane'
import { isWrite } from '../cluster/requests'

const timeoutMs = 20_000

/** The part of a file behind an offset. */
const readFrom = async (path: string, offset: number): Promise<string> => {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - offset), 0, null, offset)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Resolves as soon as a user has made that many writes from now on: within milliseconds, as a crash should come. */
export const untilWrites = async (
  { auditLogPath }: Pick<ControlPlane, 'auditLogPath'>,
  user: string,
  count: number,
): Promise<void> => {
  const { size } = await stat(auditLogPath)
  const deadline = Date.now() + timeoutMs
  const isCounted = (event: AuditEvent): boolean => event.user === user && isWrite(event)
  for (;;) {
    const events = auditEventsIn(await readFrom(auditLogPath, size)).filter(isCounted)
    if (events.length >= count) return
    if (Date.now() > deadline)
      throw new Error(`${user} made ${events.length} writes, not ${count}, in ${timeoutMs} ms.`)
    await sleep(2)
  }
}
