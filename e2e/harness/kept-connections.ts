import { Agent, request } from 'node:https'
import { type ClientHttp2Session, connect, constants } from 'node:http2'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

import { MANIFEST_TYPE } from '../storage-servers/registry/image-manifest'
import { type RegistryAccess, registryHeaders } from '../storage-servers/registry/registry-request'

/** Asks for the same again and again, over one connection as long as that lasts. */
export type Reader = Readonly<{
  /** How often it was answered as it should be. */
  answers: () => number
  /** How many connections it took. */
  connections: () => number
  failures: () => ReadonlyArray<string>
  stop: () => Promise<void>
}>

/** Long enough for a connection to be idle now and then. */
const PAUSE_MS = 20

type Answer = Readonly<{ status: number; content: string }>

const headersFor = (registry: RegistryAccess): Readonly<Record<string, string>> => ({
  ...registryHeaders(registry),
  accept: MANIFEST_TYPE,
})

/** A way to ask that keeps its connection. */
type Asker = Readonly<{
  ask: () => Promise<Answer>
  connections: () => number
  close: () => void
}>

/** Asks until a connection takes the request. */
const untilTaken = async (once: () => Promise<Answer | 'not taken'>): Promise<Answer> => {
  for (;;) {
    const answer = await once()
    if (answer !== 'not taken') return answer
  }
}

/** As clients of HTTP/1.1 do: where the server has closed a connection that was idle, it is asked over another. */
const overHttp1 = (registry: RegistryAccess, path: string): Asker => {
  const { url, authorities: ca, serverName: servername } = registry
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca, servername })
  let opened = 0
  const once = (): Promise<Answer | 'not taken'> =>
    new Promise((resolve, reject) => {
      const asked = request(new URL(path, url), { agent, headers: headersFor(registry) })
      asked.on('socket', () => {
        if (!asked.reusedSocket) opened += 1
      })
      asked.on('error', (error) => {
        const wasIdle = asked.reusedSocket && 'code' in error && error.code === 'ECONNRESET'
        if (wasIdle) resolve('not taken')
        else reject(error)
      })
      asked.on('response', (response) => {
        const status = response.statusCode ?? 0
        text(response).then((content) => resolve({ status, content }), reject)
      })
      asked.end()
    })
  return {
    ask: () => untilTaken(once),
    connections: () => opened,
    close: () => agent.destroy(),
  }
}

/**
 * As clients of HTTP/2 do: a server that leaves says so, and nothing more is asked of it. What crossed its farewell on
 * the way was refused, which says that nothing was done with it, and is asked over another connection (RFC 9113, 8.7).
 */
const overHttp2 = (registry: RegistryAccess, path: string): Asker => {
  const { url, authorities: ca, serverName: servername } = registry
  let opened = 0
  let session: ClientHttp2Session | undefined
  const open = (): ClientHttp2Session => {
    opened += 1
    const made = connect(url, {
      ...(ca === undefined ? {} : { ca }),
      ...(servername === undefined ? {} : { servername }),
    })
    // What it was asked for hears of it.
    made.on('error', () => undefined)
    return made
  }
  const isUsable = (known: ClientHttp2Session | undefined): known is ClientHttp2Session =>
    known !== undefined && !known.closed && !known.destroyed
  const once = (): Promise<Answer | 'not taken'> =>
    new Promise((resolve, reject) => {
      const used = isUsable(session) ? session : open()
      session = used
      const asked = used.request({ ':path': path, ...headersFor(registry) })
      asked.on('error', (error: Error) => {
        if (asked.rstCode !== constants.NGHTTP2_REFUSED_STREAM) return reject(error)
        if (session === used) session = undefined
        resolve('not taken')
      })
      asked.on('response', ({ ':status': status = 0 }) => {
        text(asked).then((content) => resolve({ status, content }), reject)
      })
      asked.end()
    })
  return {
    ask: () => untilTaken(once),
    connections: () => opened,
    close: () => session?.close(),
  }
}

const askers = { 'HTTP/1.1': overHttp1, 'HTTP/2': overHttp2 } as const

/** Begins to read a path of a registry over a connection of that version of HTTP; every answer must be the first one. */
export const startReader = (
  version: keyof typeof askers,
  registry: RegistryAccess,
  path: string,
): Reader => {
  const { ask, connections, close } = askers[version](registry, path)
  const failures: Array<string> = []
  let expected: string | undefined
  let answers = 0
  let isOver = false
  const read = async (): Promise<void> => {
    const { status, content } = await ask()
    expected ??= content
    if (status !== 200 || content !== expected) throw new Error(`${path}: ${status} ${content}`)
    answers += 1
  }
  const work = async (): Promise<void> => {
    while (!isOver) {
      await read().catch((error: unknown) =>
        failures.push(`${new Date().toISOString()} ${String(error)}`),
      )
      await sleep(PAUSE_MS)
    }
    close()
  }
  const working = work()
  return {
    answers: () => answers,
    connections,
    failures: () => [...failures],
    stop: async () => {
      isOver = true
      await working
    },
  }
}
