import { readFileSync } from 'node:fs'
import {
  Agent as HttpAgent,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as httpRequest,
  type RequestOptions,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'

import type { ClusterEntry, Kubeconfig, UserEntry } from './kubeconfig'

/** The least that all objects of Kubernetes have. */
export type KubeObject = Readonly<{
  apiVersion: string
  kind: string
  metadata: ObjectMeta
  [field: string]: unknown
}>

export type ObjectMeta = Readonly<{
  name: string
  namespace?: string
  uid?: string
  labels?: Readonly<Record<string, string>>
  annotations?: Readonly<Record<string, string>>
  deletionTimestamp?: string
  [field: string]: unknown
}>

export type Answer = Readonly<{ code: number; body: unknown }>

export type WatchEvent = Readonly<{ type: string; object: KubeObject }>

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * As much of a client as the tests' own side needs. The operator has a client of its own; with it,
 * a mistake there could hide itself here.
 */
export type ClusterClient = Readonly<{
  /** Sends one request; whatever the status, the answer is a result. */
  request: (method: Method, path: string, body?: unknown, contentType?: string) => Promise<Answer>
  /** As `request`, but a status of 300 and more is thrown, as a RequestError. */
  send: (method: Method, path: string, body?: unknown, contentType?: string) => Promise<KubeObject>
  /** Reads all objects of a list. */
  list: (path: string) => Promise<ReadonlyArray<KubeObject>>
  /** Calls back for each object there is and for each change, until the server or the signal ends it. */
  watch: (path: string, onEvent: (event: WatchEvent) => void, signal: AbortSignal) => Promise<void>
  /** Closes idle connections. */
  close: () => void
}>

/** What is thrown for an answer that refuses. */
export type RequestError = Error & Readonly<{ code: number }>

const requestError = (message: string, code: number): RequestError =>
  Object.assign(new Error(message), { name: 'RequestError', code })

export const isRequestError = (error: unknown): error is RequestError =>
  error instanceof Error && error.name === 'RequestError'

// More than the API server ever takes, less than a test waits for one that a test has frozen.
const requestTimeoutMs = 30_000

const fromBase64 = (encoded: string | undefined): Buffer | undefined =>
  encoded === undefined ? undefined : Buffer.from(encoded, 'base64')

const agentFor = (cluster: ClusterEntry, user: UserEntry): HttpAgent =>
  cluster.server.startsWith('http:')
    ? new HttpAgent({ keepAlive: true })
    : new HttpsAgent({
        keepAlive: true,
        ca: fromBase64(cluster['certificate-authority-data']),
        cert: fromBase64(user['client-certificate-data']),
        key: fromBase64(user['client-key-data']),
        rejectUnauthorized: cluster['insecure-skip-tls-verify'] !== true,
        ...(cluster['tls-server-name'] === undefined
          ? {}
          : { servername: cluster['tls-server-name'] }),
      })

type Connection = Readonly<{
  agent: HttpAgent
  headers: OutgoingHttpHeaders
  /** A path of this API server, with what stands in front of all of them. */
  to: (path: string) => RequestOptions
}>

const connectionTo = ({ clusters, users }: Kubeconfig, userAgent: string): Connection => {
  const [{ cluster }] = clusters
  const [{ user }] = users
  const { protocol, hostname, port, pathname } = new URL(cluster.server)
  const agent = agentFor(cluster, user)
  const prefix = pathname.replace(/\/$/, '')
  return {
    agent,
    headers: {
      'User-Agent': userAgent,
      Accept: 'application/json',
      ...(user.token === undefined ? {} : { Authorization: `Bearer ${user.token}` }),
    },
    to: (path) => ({ protocol, hostname, port, agent, path: `${prefix}${path}` }),
  }
}

const exchange = (options: RequestOptions, content = ''): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = options.protocol === 'http:' ? httpRequest : httpsRequest
    const outgoing = request(options, resolve)
    // Node would send the body of a DELETE without its length, and so as a request of its own.
    outgoing.setHeader('Content-Length', Buffer.byteLength(content))
    outgoing.on('error', reject)
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${options.path}: no answer`)))
    outgoing.end(content)
  })

const parsed = (content: string): unknown => {
  try {
    return JSON.parse(content)
  } catch {
    return content
  }
}

const events = async (
  response: IncomingMessage,
  onEvent: (event: WatchEvent) => void,
): Promise<void> => {
  for await (const line of createInterface({ input: response })) {
    const event = JSON.parse(line) as WatchEvent
    if (event.type === 'ERROR') return
    onEvent(event)
  }
}

/** A client with the credentials of a kubeconfig that `singleContext` has made: as JSON, with everything inline. */
export const clusterClient = (kubeconfigPath: string, userAgent: string): ClusterClient => {
  const config = JSON.parse(readFileSync(kubeconfigPath, 'utf8')) as Kubeconfig
  const { agent, headers, to } = connectionTo(config, userAgent)

  const ask: ClusterClient['request'] = async (method, path, body, contentType) => {
    const typed = { ...headers, 'Content-Type': contentType ?? 'application/json' }
    const options = { ...to(path), method, headers: typed, timeout: requestTimeoutMs }
    const response = await exchange(options, body === undefined ? '' : JSON.stringify(body))
    return { code: response.statusCode ?? 0, body: parsed(await text(response)) }
  }
  const send: ClusterClient['send'] = async (method, path, body, contentType) => {
    const answer = await ask(method, path, body, contentType)
    if (answer.code >= 300) {
      const said = JSON.stringify(answer.body)
      throw requestError(`${method} ${path}: ${answer.code} ${said}`, answer.code)
    }
    return answer.body as KubeObject
  }
  return {
    request: ask,
    send,
    list: async (path) => {
      const { items, apiVersion, kind } = await send('GET', path)
      const type = { apiVersion, kind: kind.replace(/List$/, '') }
      return (items as ReadonlyArray<KubeObject>).map((item) => ({ ...type, ...item }))
    },
    watch: async (path, onEvent, signal) => {
      // Without a resourceVersion the watch begins with all objects that there are.
      const query = `${path}${path.includes('?') ? '&' : '?'}watch=true`
      const response = await exchange({ ...to(query), headers, signal })
      if (response.statusCode === 200) return events(response, onEvent)
      throw requestError(`watch ${path}: ${await text(response)}`, response.statusCode ?? 0)
    },
    close: () => agent.destroy(),
  }
}
