import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Socket } from 'node:net'

import { certificateAuthority } from '../../cluster/certificates'
import { hostCertificates } from './host-certificates'
import { type HostRoutes, plainHost, upstreamOf } from './host-routes'
import { listenOnLoopback } from './loopback-server'
import { relay } from './upstream'

/** A request that came through the front. Headers are not kept: they hold credentials. */
export type FrontRequest = Readonly<{
  host: string
  method: string
  /** With its query. */
  path: string
  /** Of the answer; 0 if the server gave none. */
  status: number
}>

/** A proxy that stands in for the network between a program and the clouds. */
export type Front = Readonly<{
  /** For HTTPS_PROXY and HTTP_PROXY. */
  proxyUrl: string
  /** PEM of the authority that signs for every host; to be trusted by the program. */
  authorities: string
  /** What was answered so far, in that order. */
  requests: () => ReadonlyArray<FrontRequest>
  /** Hosts that were asked for and that nobody named, each as often as it was. */
  refused: () => ReadonlyArray<string>
  stop: () => Promise<void>
}>

type Journal = Readonly<{ answered: FrontRequest[]; refused: string[] }>

const refuse = (response: ServerResponse, host: string, journal: Journal): void => {
  journal.refused.push(host)
  response.writeHead(403, { 'Content-Type': 'text/plain' }).end(`${host} is not in this network\n`)
}

type Asked = Readonly<{ host: string; path: string }>

const passOn =
  (routes: HostRoutes, journal: Journal) =>
  async (
    { host, path }: Asked,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const upstream = upstreamOf(routes, host)
    if (upstream === undefined) return refuse(response, host, journal)
    const status = await relay(upstream, request, response, { path })
    journal.answered.push({ host, method: request.method ?? '', path, status })
  }

/** What a request through a tunnel asks for: its Host header says so. */
const askedInTunnel = ({ headers, url = '/' }: IncomingMessage): Asked => ({
  host: plainHost(headers.host ?? ''),
  path: url,
})

/** What a request to a proxy asks for: its first line has a whole URL. */
const askedOfProxy = ({ url = '' }: IncomingMessage): Asked => {
  const { host, pathname, search } = new URL(url, 'http://no-host-given')
  return { host: plainHost(host), path: pathname + search }
}

const openTunnels = (
  proxy: Server,
  tunnelEnd: Server,
  isKnown: (host: string) => boolean,
): void => {
  proxy.on('connect', ({ url = '' }: IncomingMessage, socket: Socket, head: Buffer) => {
    if (!isKnown(plainHost(url))) {
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n')
      return
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    socket.unshift(head)
    tunnelEnd.emit('connection', socket)
  })
}

/**
 * Starts a proxy on loopback that is, to a program which trusts its authority, every host of `hosts`: it takes the
 * TLS off and hands each request on, with method, path, body and Host header as they are.
 *
 * Guarantees: nothing leaves the machine; a host that is not in `hosts` gets a 403 and is listed in `refused`.
 */
export const startFront = async ({ hosts }: Readonly<{ hosts: HostRoutes }>): Promise<Front> => {
  const journal: Journal = { answered: [], refused: [] }
  const authority = await certificateAuthority('network-front')
  const certificateOf = hostCertificates(authority)
  const pass = passOn(hosts, journal)
  const tunnelEnd = createTlsServer(
    {
      SNICallback: (name, answer) => {
        certificateOf(name).then((context) => answer(null, context), answer)
      },
    },
    (request, response) => void pass(askedInTunnel(request), request, response),
  )
  // A client that does not trust the authority says so by hanging up.
  tunnelEnd.on('tlsClientError', () => undefined)
  const proxy = createServer(
    (request, response) => void pass(askedOfProxy(request), request, response),
  )
  openTunnels(proxy, tunnelEnd, (host) => {
    const isKnown = upstreamOf(hosts, host) !== undefined
    if (!isKnown) journal.refused.push(host)
    return isKnown
  })
  const { port, stop } = await listenOnLoopback(proxy)
  return {
    proxyUrl: `http://127.0.0.1:${port}`,
    authorities: authority.certificate,
    requests: () => [...journal.answered],
    refused: () => [...journal.refused],
    stop,
  }
}
