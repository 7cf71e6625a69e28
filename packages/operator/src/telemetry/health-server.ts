import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { TLSSocket } from 'node:tls'

import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { Metrics } from './metrics'
import type { Serving } from './serving'

/** A running server: where it listens, and how to end it. */
export type HealthServer = { readonly address: string; readonly close: Task<void> }

export type HealthDeps = {
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>
  /** The process can do its work: the cluster has been read, whether or not it leads. */
  readonly ready: IO<boolean>
}

/** The address cannot be listened on, with the cause. */
export type ListenError = {
  readonly _tag: 'CannotListen'
  readonly address: string
  readonly cause: unknown
}

type HostAndPort = { readonly host?: string; readonly port: number }

/** `:8080` listens on every interface, `127.0.0.1:0` on a free port of loopback, `[::1]:80` on IPv6. */
export const hostAndPort = (address: string): HostAndPort | undefined => {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(address)
  const port = Number(match?.[3])
  if (match === null || port > 65535) return undefined
  const host = match[1] ?? match[2] ?? ''
  return host === '' ? { port } : { host, port }
}

/** Whether it is known who asks, where that matters. */
const isKnown = ({ socket }: IncomingMessage, { tls }: Serving): boolean =>
  tls?.ca === undefined || (socket instanceof TLSSocket && socket.authorized)

const answer =
  ({ metrics, ready }: HealthDeps, serving: Serving): RequestListener =>
  (request, response) => {
    const say = (code: number, text: string, type = 'text/plain; charset=utf-8'): void => {
      response.writeHead(code, { 'content-type': type }).end(text)
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return say(405, 'only GET\n')
    if (request.url === '/healthz') return say(200, 'ok\n')
    if (request.url === '/readyz')
      return ready() ? say(200, 'ok\n') : say(503, 'the cluster has not been read yet\n')
    if (request.url !== '/metrics') return say(404, 'there are /healthz, /readyz and /metrics\n')
    if (!isKnown(request, serving)) return say(401, 'a client certificate is needed\n')
    void metrics.text().then(
      (text) => say(200, text, metrics.contentType),
      () => say(500, 'cannot gather metrics\n'),
    )
  }

const isAddressInfo = (address: AddressInfo | string | null): address is AddressInfo =>
  typeof address === 'object' && address !== null

const showAddress = (server: Server): string => {
  const address = server.address()
  if (!isAddressInfo(address)) return String(address)
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return `${host}:${address.port}`
}

const closing =
  (server: Server): Task<void> =>
  () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })

const REQUEST = { requestTimeout: 10_000 }

/** HTTP/1.1 in either case. Who has no client certificate may still ask whether we live. */
const server = ({ tls }: Serving, listener: RequestListener): Server =>
  tls === undefined
    ? createServer(REQUEST, listener)
    : createSecureServer(
        { ...REQUEST, ...tls, requestCert: tls.ca !== undefined, rejectUnauthorized: false },
        listener,
      )

/** Starts to serve /healthz, /readyz and /metrics. */
export const startHealthServer =
  (deps: HealthDeps) =>
  (serving: Serving): TE.TaskEither<ListenError, HealthServer> =>
    TE.tryCatch(
      () =>
        new Promise((resolve, reject) => {
          const where = hostAndPort(serving.address)
          if (where === undefined) return reject(new Error('not of the form HOST:PORT or :PORT'))
          const made = server(serving, answer(deps, serving))
          made.once('error', reject)
          made.listen(where, () => resolve({ address: showAddress(made), close: closing(made) }))
        }),
      (cause) => ({ _tag: 'CannotListen', address: serving.address, cause }),
    )
