import type { IncomingHttpHeaders } from 'node:http'

/** When a service does not say how long to wait. */
const USUAL_WAIT_MS = 1_000

/** How long a service asks us to wait, in ms: a number of seconds, or a time, which is held against the service's own clock. */
export const retryAfterMs = (headers: IncomingHttpHeaders): number => {
  const said = headers['retry-after'] ?? ''
  const ms = /^\d+$/.test(said)
    ? Number(said) * 1_000
    : Date.parse(said) - Date.parse(headers.date ?? '')
  return Number.isFinite(ms) ? Math.max(0, ms) : USUAL_WAIT_MS
}
