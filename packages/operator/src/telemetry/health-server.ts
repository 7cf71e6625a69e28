import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { Metrics } from './metrics'

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

const answer =
  ({ metrics, ready }: HealthDeps): RequestListener =>
  (request, response) => {
    const say = (code: number, text: string, type = 'text/plain; charset=utf-8'): void => {
      response.writeHead(code, { 'content-type': type }).end(text)
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return say(405, 'only GET\n')
    if (request.url === '/healthz') return say(200, 'ok\n')
    if (request.url === '/readyz')
      return ready() ? say(200, 'ok\n') : say(503, 'the cluster has not been read yet\n')
    if (request.url !== '/metrics') return say(404, 'there are /healthz, /readyz and /metrics\n')
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

/** Starts to serve /healthz, /readyz and /metrics over plain HTTP. */
export const startHealthServer =
  (deps: HealthDeps) =>
  (address: string): TE.TaskEither<ListenError, HealthServer> =>
    TE.tryCatch(
      () =>
        new Promise((resolve, reject) => {
          const where = hostAndPort(address)
          if (where === undefined) return reject(new Error('not of the form HOST:PORT or :PORT'))
          const server = createServer({ requestTimeout: 10_000 }, answer(deps))
          server.once('error', reject)
          server.listen(where, () =>
            resolve({ address: showAddress(server), close: closing(server) }),
          )
        }),
      (cause) => ({ _tag: 'CannotListen', address, cause }),
    )
