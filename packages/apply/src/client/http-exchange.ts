import {
  Agent as HttpAgent,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest, type RequestOptions } from 'node:https'

import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import * as TE from 'fp-ts/TaskEither'

import { parseJson } from '../parse-json'
import type { RequestFailure } from './kube-client'
import { noAnswer, refused } from './kube-error'

export type Outgoing = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path and query, below the path of the server. */
  readonly path: string
  readonly headers: { readonly [name: string]: string }
  readonly body?: string
}

/** Where requests go, and with which credentials; asked before every request, because these rotate. */
export type Server = {
  readonly url: string
  readonly options: TE.TaskEither<RequestFailure, RequestOptions>
}

export type StreamListener = {
  readonly opened: () => void
  readonly chunk: (bytes: Buffer) => void
  readonly ended: (failure: O.Option<RequestFailure>) => void
}

/** HTTP with JSON, over connections that are kept. */
export type Exchange = {
  /** One request and its whole answer: the body of a 2xx, a failure for everything else. */
  readonly send: (outgoing: Outgoing) => TE.TaskEither<RequestFailure, unknown>
  /** A request whose answer has no end; the result stops it. */
  readonly stream: (outgoing: Outgoing, listener: StreamListener) => () => void
  readonly close: () => void
}

/** Longer than the API server takes for anything but a watch. */
const REQUEST_TIMEOUT_MS = 30_000

/** Idle connections are dropped before the API server drops them (90 s). */
const IDLE_CONNECTION_MS = 60_000

type Received = {
  readonly code: number
  readonly retryAfter: string | undefined
  readonly text: string
}

const refusal = ({ code, retryAfter, text }: Received): RequestFailure =>
  refused(code, pipe(parseJson(text), O.toUndefined), retryAfter)

const answer = (received: Received): E.Either<RequestFailure, unknown> =>
  received.code >= 200 && received.code < 300
    ? pipe(
        parseJson(received.text),
        E.fromOption(() => noAnswer('the answer is not JSON')),
      )
    : E.left(refusal(received))

const receive = (response: IncomingMessage, done: (received: Received) => void): void => {
  const chunks: Array<Buffer> = []
  response.on('data', (chunk: Buffer) => chunks.push(chunk))
  response.on('end', () =>
    done({
      code: response.statusCode ?? 0,
      retryAfter: response.headers['retry-after'],
      text: Buffer.concat(chunks).toString('utf8'),
    }),
  )
}

type Connect = (
  outgoing: Outgoing,
  options: RequestOptions,
) => E.Either<RequestFailure, ClientRequest>

const connector = (
  url: string,
  agents: { readonly http: HttpAgent; readonly https: HttpsAgent },
): Connect => {
  const server = new URL(url)
  const secure = server.protocol === 'https:'
  const basePath = server.pathname.replace(/\/$/, '')
  const opened = (
    { method, path, headers, body }: Outgoing,
    options: RequestOptions,
  ): ClientRequest => {
    const request = (secure ? httpsRequest : httpRequest)({
      agent: secure ? agents.https : agents.http,
      ...options,
      method,
      protocol: server.protocol,
      hostname: server.hostname.replace(/^\[|\]$/g, ''),
      port: server.port === '' ? (secure ? 443 : 80) : server.port,
      path: `${basePath}${path}`,
      headers: {
        ...options.headers,
        ...headers,
        ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }),
      },
    })
    request.end(body)
    return request
  }
  // Tokens and certificates are files that somebody else writes: what makes no header, and no key, is refused here.
  return (outgoing, options) => E.tryCatch(() => opened(outgoing, options), noAnswer)
}

/** The server closed a kept connection just when we wrote to it: nobody has seen the request. */
const neverArrived = (request: ClientRequest, error: Error & { readonly code?: string }): boolean =>
  request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')

/**
 * Expected flow: credentials, request, answer. A request that a closed kept connection swallowed is
 * sent once more.
 * Guarantees: an answer or a failure within 30 s, also when the server is silent; `close` fails what is
 * under way.
 */
export const httpExchange = (server: Server): Exchange => {
  const settings = { keepAlive: true, keepAliveMsecs: 15_000, timeout: IDLE_CONNECTION_MS }
  const agents = { http: new HttpAgent(settings), https: new HttpsAgent(settings) }
  const connect = connector(server.url, agents)
  const underWay = new Set<ClientRequest>()

  const track = (request: ClientRequest): ClientRequest => {
    underWay.add(request)
    return request.once('close', () => underWay.delete(request))
  }

  const once = (
    outgoing: Outgoing,
    options: RequestOptions,
    done: (result: E.Either<RequestFailure, unknown>) => void,
    again: boolean,
  ): void => {
    const connecting = connect(outgoing, options)
    if (E.isLeft(connecting)) return done(connecting)
    const request = track(connecting.right)
    const timeout = setTimeout(
      () => request.destroy(new Error(`no answer within ${REQUEST_TIMEOUT_MS / 1000} s`)),
      REQUEST_TIMEOUT_MS,
    )
    request.on('response', (response) => {
      response.on('error', (error) => done(E.left(noAnswer(error))))
      // After a complete answer this says nothing new; it is for those that were cut.
      response.on('close', () => done(E.left(noAnswer('the connection was closed'))))
      receive(response, (received) => done(answer(received)))
    })
    request.on('error', (error) =>
      again && neverArrived(request, error)
        ? once(outgoing, options, done, false)
        : done(E.left(noAnswer(error))),
    )
    request.on('close', () => clearTimeout(timeout))
  }

  return {
    send: (outgoing) =>
      pipe(
        server.options,
        TE.flatMap(
          (options) => () =>
            new Promise<E.Either<RequestFailure, unknown>>((resolve) => {
              once(outgoing, options, resolve, true)
            }),
        ),
      ),
    stream: (outgoing, listener) => streamed({ server, connect, track }, outgoing, listener),
    close: () => {
      underWay.forEach((request) => request.destroy(new Error('stopped')))
      agents.http.destroy()
      agents.https.destroy()
    },
  }
}

type StreamDeps = {
  readonly server: Server
  readonly connect: Connect
  readonly track: (request: ClientRequest) => ClientRequest
}

const follow = (
  response: IncomingMessage,
  listener: StreamListener,
  end: (failure: O.Option<RequestFailure>) => void,
): void => {
  response.on('error', (error) => end(O.some(noAnswer(error))))
  if (response.statusCode !== 200) {
    receive(response, (received) => end(O.some(refusal(received))))
    return
  }
  listener.opened()
  response.on('data', listener.chunk)
  response.on('end', () => end(O.none))
}

const streamed = (
  { server, connect, track }: StreamDeps,
  outgoing: Outgoing,
  listener: StreamListener,
) => {
  let over = false
  let request: ClientRequest | undefined
  const end = (failure: O.Option<RequestFailure>): void => {
    if (over) return
    over = true
    listener.ended(failure)
  }
  const open = (options: RequestOptions): void => {
    const connecting = connect(outgoing, options)
    if (E.isLeft(connecting)) return end(O.some(connecting.left))
    const opening = track(connecting.right)
    request = opening
    const timeout = setTimeout(
      () => opening.destroy(new Error('the watch was not opened in time')),
      REQUEST_TIMEOUT_MS,
    )
    opening.on('response', (response) => {
      clearTimeout(timeout)
      follow(
        response,
        { ...listener, chunk: (bytes) => (over ? undefined : listener.chunk(bytes)) },
        end,
      )
    })
    opening.on('error', (error) => end(O.some(noAnswer(error))))
    opening.on('close', () => {
      clearTimeout(timeout)
      end(O.some(noAnswer('the connection was closed')))
    })
  }
  void server.options().then(
    E.match(
      (failure) => end(O.some(failure)),
      (options) => (over ? undefined : open(options)),
    ),
  )
  return () => {
    over = true
    request?.destroy()
  }
}
