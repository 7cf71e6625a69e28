import { readFile } from 'node:fs/promises'

/** One request to the API server as its audit log has it; the fields keep the log's names where they can. */
export type AuditEvent = Readonly<{
  auditID: string
  /** ResponseStarted for a watch, which is recorded when it opens; else ResponseComplete. */
  stage: string
  verb: string
  requestURI: string
  user: string
  userAgent: string
  /** The HTTP status of the answer; 0 if there was none. */
  code: number
  /** When the request arrived. */
  time: Date
  /** What those who decided about it have noted, such as Pod Security. */
  annotations: Readonly<Record<string, string>>
  objectRef?: Readonly<{
    apiGroup?: string
    apiVersion?: string
    resource?: string
    subresource?: string
    namespace?: string
    name?: string
  }>
}>

const healthPaths = ['/readyz', '/readyz/*', '/livez', '/livez/*', '/healthz', '/healthz/*']

/**
 * One line for each request, without bodies.
 *
 * A watch is recorded when it opens and not again when it ends, so that the open ones count too.
 * The other rule leaves ResponseStarted in: that is the stage of a request with bad credentials.
 */
export const auditPolicy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  rules: [
    // The control plane's own start asks for these in a loop.
    { level: 'None', nonResourceURLs: healthPaths },
    { level: 'Metadata', verbs: ['watch'], omitStages: ['RequestReceived', 'ResponseComplete'] },
    { level: 'Metadata', omitStages: ['RequestReceived'] },
  ],
}

type LogLine = Readonly<{
  auditID: string
  stage: string
  verb: string
  requestURI: string
  user: Readonly<{ username?: string }>
  userAgent?: string
  responseStatus?: Readonly<{ code?: number }>
  requestReceivedTimestamp: string
  annotations?: Readonly<Record<string, string>>
  objectRef?: NonNullable<AuditEvent['objectRef']>
}>

const auditEvent = (line: LogLine): AuditEvent => ({
  auditID: line.auditID,
  stage: line.stage,
  verb: line.verb,
  requestURI: line.requestURI,
  user: line.user.username ?? '',
  userAgent: line.userAgent ?? '',
  code: line.responseStatus?.code ?? 0,
  time: new Date(line.requestReceivedTimestamp),
  annotations: line.annotations ?? {},
  ...(line.objectRef === undefined ? {} : { objectRef: line.objectRef }),
})

/** The requests in a text from an audit log. */
export const auditEventsIn = (text: string): ReadonlyArray<AuditEvent> => {
  // The API server may be in the middle of the last line.
  const complete = text.slice(0, text.lastIndexOf('\n') + 1)
  return complete
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => auditEvent(JSON.parse(line) as LogLine))
}

/** The requests recorded so far; none if there is no log. */
export const readAuditLog = async (path: string): Promise<ReadonlyArray<AuditEvent>> =>
  auditEventsIn(await readFile(path, 'utf8').catch(() => ''))
