import { type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'

/** A server on loopback that requests are handed on to. */
export type Upstream = Readonly<{
  port: number
  /** For a server that speaks TLS: PEM of the authority to know it by, and the name in its certificate. */
  tls?: Readonly<{ authority: string; name: string }>
}>

/** The answer of an upstream, whole. */
export type WholeAnswer = Readonly<{
  status: number
  headers: ReadonlyArray<string>
  body: Buffer
}>

/** What concerns one connection only (RFC 9110, 7.6.1); the rest is handed on as it came. */
const ofOneConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'transfer-encoding',
  // Answered by whoever took the request.
  'expect',
])

/** Names and values in turn, in the case and order in which they came: signatures cover them. */
const handedOn = (rawHeaders: ReadonlyArray<string>): ReadonlyArray<string> =>
  rawHeaders.flatMap((name, index) =>
    index % 2 === 1 || ofOneConnection.has(name.toLowerCase())
      ? []
      : [name, rawHeaders[index + 1] ?? ''],
  )

/** How the body is told from what follows: as it came, and where nothing was said, that there is none. */
const framing = ({ headers, method }: IncomingMessage): ReadonlyArray<string> => {
  if (headers['transfer-encoding'] !== undefined) return ['Transfer-Encoding', 'chunked']
  const saysNothing = headers['content-length'] === undefined
  return saysNothing && method !== 'GET' && method !== 'HEAD' ? ['Content-Length', '0'] : []
}

const optionsOf = (upstream: Upstream, request: IncomingMessage, path: string): RequestOptions => ({
  host: '127.0.0.1',
  port: upstream.port,
  method: request.method,
  path,
  headers: [...handedOn(request.rawHeaders), ...framing(request)],
  setHost: false,
  agent: false,
  ...(upstream.tls && { ca: upstream.tls.authority, servername: upstream.tls.name }),
})

/** Hands a request on; what comes back is for the caller to answer with. The Host header stays as it was. */
const handOn = (
  upstream: Upstream,
  request: IncomingMessage,
  { path, body }: Readonly<{ path: string; body?: Buffer }>,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const send = upstream.tls === undefined ? httpRequest : httpsRequest
    const outgoing = send(optionsOf(upstream, request, path), resolve)
    outgoing.once('error', reject)
    // A client that gives up takes its request along.
    request.once('close', () => {
      if (!request.complete) outgoing.destroy()
    })
    if (body === undefined) request.pipe(outgoing)
    else outgoing.end(body)
  })

/** What is changed on the way; nothing, by default. */
export type RelayChanges = Readonly<{
  path?: string
  /** Of the answer: names and values in turn. */
  headers?: (headers: ReadonlyArray<string>) => ReadonlyArray<string>
}>

/** Hands a request on as it comes, and its answer back as it comes; resolves to the status, 0 if there was none. */
export const relay = async (
  upstream: Upstream,
  request: IncomingMessage,
  response: ServerResponse,
  { path = request.url ?? '/', headers = (same) => same }: RelayChanges = {},
): Promise<number> => {
  try {
    const answer = await handOn(upstream, request, { path })
    response.writeHead(answer.statusCode ?? 502, [...headers(handedOn(answer.rawHeaders))])
    answer.once('error', () => response.destroy())
    response.once('close', () => answer.destroy())
    answer.pipe(response)
    return answer.statusCode ?? 502
  } catch {
    // To the client it looks as if the server itself were gone.
    response.destroy()
    return 0
  }
}

/** The body of a request or an answer, once all of it is there. */
export const wholeBody = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Asks an upstream and waits for all of its answer, which has no length of its own any more. */
export const wholeAnswer = async (
  upstream: Upstream,
  request: IncomingMessage,
  body?: Buffer,
): Promise<WholeAnswer> => {
  const answer = await handOn(upstream, request, {
    path: request.url ?? '/',
    ...(body && { body }),
  })
  const content = await wholeBody(answer)
  const headers = handedOn(answer.rawHeaders)
  return {
    status: answer.statusCode ?? 502,
    headers: headers.flatMap((name, index) =>
      index % 2 === 1 || name.toLowerCase() === 'content-length'
        ? []
        : [name, headers[index + 1] ?? ''],
    ),
    body: content,
  }
}
