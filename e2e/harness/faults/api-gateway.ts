import { readFile, rm, writeFile } from 'node:fs/promises'
import { Agent, createServer, request as httpsRequest } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

import { certificateAuthority, certificateFrom } from '../../cluster/certificates'
import { type Kubeconfig, singleContext } from '../../cluster/kubeconfig'
import { listenOnLoopback } from '../../storage-servers/front/loopback-server'
import { wholeBody } from '../../storage-servers/front/upstream'
import { answerWith, passOn } from './api-answers'
import { type ApiFault, type ApiRequest, isWatch } from './api-fault'

/** A request that came, and what became of it. */
export type Passed = ApiRequest &
  Readonly<{
    fault?: ApiFault
    /** What the API server has answered; undefined: it has not heard of it, or has not answered yet. */
    code: () => number | undefined
  }>

/** Decides what happens to a request; undefined: nothing. */
export type Treatment = (request: ApiRequest) => ApiFault | undefined

/** All that is between one client and the API server, with an address and a certificate of its own. */
export type ApiGateway = Readonly<{
  /** Leads through the gateway, with the rights of the user it was made for. */
  kubeconfigPath: string
  /** How requests are treated from now on; as they should be if undefined. */
  treat: (treatment: Treatment | undefined) => void
  /** All that came, in that order. */
  requests: () => ReadonlyArray<Passed>
  /** Ends all watches that are open, in the middle of whatever they are telling. */
  cutWatches: () => void
  stop: () => Promise<void>
}>

type Upstream = Readonly<{ url: URL; agent: Agent }>

const fromBase64 = (encoded: string | undefined): Buffer => Buffer.from(encoded ?? '', 'base64')

/** The API server of a kubeconfig, with the credentials that stand there. */
const upstreamOf = ({ clusters, users }: Kubeconfig): Upstream => {
  const [{ cluster }] = clusters
  const [{ user }] = users
  const agent = new Agent({
    keepAlive: true,
    ca: fromBase64(cluster['certificate-authority-data']),
    cert: fromBase64(user['client-certificate-data']),
    key: fromBase64(user['client-key-data']),
  })
  return { url: new URL(cluster.server), agent }
}

const handOn = (
  { url, agent }: Upstream,
  { method, path }: ApiRequest,
  incoming: IncomingMessage,
  body: Buffer,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const {
      host: _host,
      connection: _connection,
      authorization: _token,
      ...headers
    } = incoming.headers
    const outgoing = httpsRequest(
      {
        agent,
        hostname: url.hostname,
        port: url.port,
        method,
        path,
        headers: { ...headers, 'content-length': body.length },
      },
      resolve,
    )
    outgoing.once('error', reject)
    outgoing.end(body)
  })

const CERTIFIED = ['127.0.0.1']

/** Starts a gateway for whoever the kubeconfig is of; its own kubeconfig lies beside that one. */
export const startApiGateway = async (userKubeconfigPath: string): Promise<ApiGateway> => {
  // Written by `kubeconfigFor`.
  const config = JSON.parse(await readFile(userKubeconfigPath, 'utf8')) as Kubeconfig
  const upstream = upstreamOf(config)
  const authority = await certificateAuthority('gateway-ca')
  const own = await certificateFrom(authority, { commonName: 'gateway', hosts: CERTIFIED })
  const passed: Passed[] = []
  const watches = new Set<ServerResponse>()
  const sockets = new Map<number | undefined, Socket>()
  // A connection of TLS knows no other end than a polite one.
  const hangUpOn = ({ socket }: ServerResponse): void =>
    void sockets.get(socket?.remotePort)?.resetAndDestroy()
  let treatment: Treatment = () => undefined
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await wholeBody(incoming)
    const { method = '', url: path = '' } = incoming
    const request = {
      n: passed.length + 1,
      method,
      path,
      body: body.toString('utf8'),
      at: Date.now(),
    }
    const fault = treatment(request)
    let code: number | undefined
    passed.push({ ...request, ...(fault && { fault }), code: () => code })
    const ask = async (): Promise<IncomingMessage> => {
      const answered = await handOn(upstream, request, incoming, body)
      code = answered.statusCode
      return answered
    }
    if (isWatch(request)) {
      watches.add(response)
      response.once('close', () => watches.delete(response))
    }
    const exchange = { ask, response, hangUp: () => hangUpOn(response) }
    await (fault === undefined ? passOn(exchange) : answerWith(fault, exchange))
  }
  const server = createServer(
    { key: own.privateKey, cert: own.certificate, keepAliveTimeout: 90_000 },
    (incoming, response) => {
      // To the client it looks as if the API server itself were gone.
      answer(incoming, response).catch(() => response.destroy())
    },
  )
  server.on('connection', (socket: Socket) => {
    const { remotePort } = socket
    sockets.set(remotePort, socket)
    socket.once('close', () => sockets.delete(remotePort))
  })
  const { port, stop } = await listenOnLoopback(server)
  const kubeconfigPath = `${userKubeconfigPath}.${port}`
  const cluster = {
    server: `https://127.0.0.1:${port}`,
    'certificate-authority-data': Buffer.from(authority.certificate).toString('base64'),
  }
  await writeFile(
    kubeconfigPath,
    JSON.stringify(singleContext('gateway', cluster, ['client', { token: 'known-to-nobody' }])),
    { mode: 0o600 },
  )
  return {
    kubeconfigPath,
    treat: (wanted) => {
      treatment = wanted ?? (() => undefined)
    },
    requests: () => [...passed],
    cutWatches: () => watches.forEach(hangUpOn),
    stop: async () => {
      await stop()
      upstream.agent.destroy()
      await rm(kubeconfigPath, { force: true })
    },
  }
}
