import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { removeAtExit } from '../../cluster/exit-cleanup'
import { freePorts } from '../../cluster/free-ports'
import { serverProcess, type ServerProcess } from '../../cluster/server-process'
import { type HostRoutes, plainHost } from '../front/host-routes'
import { listenOnLoopback } from '../front/loopback-server'
import { tiedCommand } from '../installed/tied-command'
import { bucketLayer, type BucketLayer, type BucketWrite } from './bucket-layer'
import { fakeGcsProgram } from './fake-gcs-program'
import { sendGoogleError } from './google-error'
import { type GoogleTokens, googleTokens, type ServiceAccountKey } from './google-tokens'

/** Google Cloud Storage on loopback: buckets with their settings, objects in memory, and tokens. */
export type Gcs = Readonly<{
  /** One port for all of its hosts; they are told apart by the Host header. */
  port: number
  /** Its hosts, for a front. */
  hosts: HostRoutes
  /** A key that the token endpoint takes; each call makes another account. */
  serviceAccountKey: (projectId: string) => ServiceAccountKey
  /** What was asked to be changed about buckets, refused or not, in that order. */
  bucketWrites: () => ReadonlyArray<BucketWrite>
  /** The process that keeps the objects. */
  server: ServerProcess
  stop: () => Promise<void>
}>

const fakeGcs = async (
  folder: string,
): Promise<Readonly<{ port: number; server: ServerProcess }>> => {
  const [port = 0] = await freePorts(1)
  const { program, args } = tiedCommand({
    program: await fakeGcsProgram(),
    args: [
      ...['-backend', 'memory', '-scheme', 'http', '-host', '127.0.0.1', '-port', `${port}`],
      // Where upload sessions go on: the host that they were begun with.
      ...['-external-url', 'https://storage.googleapis.com', '-log-level', 'warn'],
    ],
  })
  const server = serverProcess({
    name: 'fake-gcs-server',
    path: () => program,
    args,
    logPath: join(folder, 'fake-gcs-server.log'),
    isReady: async () => (await fetch(`http://127.0.0.1:${port}/storage/v1/b?project=none`)).ok,
  })
  return { port, server }
}

const unauthorized = { status: 401, reason: 'authError', message: 'Invalid Credentials' }
const noSuchMethod = { status: 404, reason: 'notFound', message: 'Not Found' }

const answers =
  (tokens: GoogleTokens, buckets: BucketLayer) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const host = plainHost(request.headers.host ?? '')
    if (host === 'oauth2.googleapis.com') return tokens.answerToken(request, response)
    if (host === 'sts.googleapis.com') return tokens.answerExchange(request, response)
    if (!/^(www|storage)\.googleapis\.com$/.test(host))
      return sendGoogleError(response, noSuchMethod)
    if (!tokens.isAuthorized(request)) return sendGoogleError(response, unauthorized)
    return buckets.answer(request, response)
  }

const hostNames = ['storage', 'www', 'oauth2', 'sts'].map((name) => `${name}.googleapis.com`)

/** Starts it; `tokenLifeSeconds` is how long a token holds, an hour if nothing is said. */
export const startGcs = async ({
  tokenLifeSeconds = 3600,
}: Readonly<{ tokenLifeSeconds?: number }> = {}): Promise<Gcs> => {
  const folder = await mkdtemp(join(tmpdir(), 'gcs-'))
  const forgetFolder = removeAtExit(folder)
  const { port: behind, server } = await fakeGcs(folder)
  await server.start()
  const tokens = googleTokens(tokenLifeSeconds)
  const buckets = bucketLayer({ port: behind })
  const answer = answers(tokens, buckets)
  const listening = await listenOnLoopback(
    createServer((request, response) => {
      answer(request, response).catch(() => response.destroy())
    }),
  )
  return {
    port: listening.port,
    hosts: Object.fromEntries(hostNames.map((name) => [name, { port: listening.port }])),
    serviceAccountKey: tokens.serviceAccountKey,
    bucketWrites: buckets.writes,
    server,
    stop: async () => {
      await listening.stop()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
      forgetFolder()
    },
  }
}
