import type { AuditEvent } from './audit-log'

/** Which requests to count: those for which everything given here is so. */
export type RequestFilter = Readonly<{
  user?: string
  userAgentPrefix?: string
  from?: Date
  to?: Date
}>

/** How often a client asked for what. A watch that was opened again counts again. */
export type RequestCounts = Readonly<{
  total: number
  writes: number
  watches: number
  otherReads: number
  /** Answers with a status from 400 to 499, to whatever request. */
  refused: number
}>

const writeVerbs = ['create', 'update', 'patch', 'delete', 'deletecollection']

const reviewGroups = ['authorization.k8s.io', 'authentication.k8s.io']

/** True if the request was meant to change something. To post an access or token review is to read. */
export const isWrite = ({ verb, objectRef }: AuditEvent): boolean =>
  writeVerbs.includes(verb) && !reviewGroups.includes(objectRef?.apiGroup ?? '')

const isWatch = ({ verb }: AuditEvent): boolean => verb === 'watch'

/** True if the API server answered that the client was wrong. */
export const isRefused = ({ code }: AuditEvent): boolean => code >= 400 && code < 500

const isIn =
  ({ user, userAgentPrefix, from, to }: RequestFilter) =>
  (event: AuditEvent): boolean =>
    (user === undefined || event.user === user) &&
    (userAgentPrefix === undefined || event.userAgent.startsWith(userAgentPrefix)) &&
    (from === undefined || event.time >= from) &&
    (to === undefined || event.time <= to)

/** The requests that pass the filter. Requests without a log line of their own, as for health, are never among them. */
export const requestsOf = (
  events: ReadonlyArray<AuditEvent>,
  filter: RequestFilter,
): ReadonlyArray<AuditEvent> => events.filter(isIn(filter))

export const requestCounts = (requests: ReadonlyArray<AuditEvent>): RequestCounts => ({
  total: requests.length,
  writes: requests.filter(isWrite).length,
  watches: requests.filter(isWatch).length,
  otherReads: requests.filter((event) => !isWrite(event) && !isWatch(event)).length,
  refused: requests.filter(isRefused).length,
})

/** The distinct requests with how often each came, the most frequent first: to print when a budget is exceeded. */
export const requestSummary = (requests: ReadonlyArray<AuditEvent>): ReadonlyArray<string> => {
  const counts = new Map<string, number>()
  for (const { verb, requestURI, code } of requests) {
    const line = `${verb} ${requestURI.split('?')[0]} ${code}`
    counts.set(line, (counts.get(line) ?? 0) + 1)
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([line, count]) => `${count} × ${line}`)
}
