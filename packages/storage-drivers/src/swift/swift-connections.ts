import { type IncomingMessage, request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'

import type { StorageTarget } from '@image-registry-operator/render/model'
import type { IO } from 'fp-ts/IO'

import { type Agents, agents } from '../agents'
import { failed, type SwiftAnswer, unreadable } from './swift-error'

export type SwiftRequest = {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE'
  /** Scheme, host and port; its path does not count. */
  readonly server: URL
  /** Sent as it is, with its query: a name such as `..` must not lead elsewhere. */
  readonly path: string
  readonly headers: { readonly [name: string]: string }
  readonly body?: string
}

/** Sends requests over connections that are kept until `close`. Redirects are not followed. */
export type SwiftConnections = {
  readonly send: (request: SwiftRequest, signal: AbortSignal) => Promise<SwiftAnswer>
  readonly close: IO<void>
}

export type Reach = Pick<StorageTarget, 'authorities' | 'proxy'>

const answered = (
  { server, method, path, headers, body }: SwiftRequest,
  { http, https }: Agents,
  signal: AbortSignal,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const hostname = server.hostname.replace(/^\[|\]$/g, '')
    const options = { hostname, port: server.port, method, path, headers, signal }
    const outgoing =
      server.protocol === 'https:'
        ? httpsRequest({ ...options, agent: https })
        : httpRequest({ ...options, agent: http })
    outgoing.once('response', resolve).once('error', reject).end(body)
  })

const outOfTime = (): Error =>
  Object.assign(new Error('no answer in time'), { name: 'TimeoutError' })

const received = async (incoming: IncomingMessage, signal: AbortSignal): Promise<SwiftAnswer> => {
  const body = await text(incoming).catch(() =>
    Promise.reject(signal.aborted ? outOfTime() : failed(unreadable('the answer ended too early'))),
  )
  return { code: incoming.statusCode ?? 0, headers: incoming.headers, body }
}

/** Connections to all hosts of a cloud, by its proxy and its authorities. */
export const swiftConnections = (reach: Reach): SwiftConnections => {
  const known = new Map<string, Agents>()
  const agentsOf = (host: string): Agents => {
    const found = known.get(host) ?? agents(reach, host)
    known.set(host, found)
    return found
  }
  return {
    send: async (request, signal) =>
      received(await answered(request, agentsOf(request.server.hostname), signal), signal),
    close: () =>
      known.forEach(({ http, https }) => {
        http.destroy()
        https.destroy()
      }),
  }
}
