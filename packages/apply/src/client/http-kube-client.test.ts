import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { afterEach, describe, expect, it } from 'vitest'

import { objectRef, type KubeObject } from '@image-registry-operator/render/model'

import { httpKubeClient } from './http-kube-client'
import type { KubeClient, RequestFailure, RequestRecord, WatchEvent } from './kube-client'

const REF = objectRef('v1', 'ConfigMap', 'name', 'ns')
const OBJECT: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'name', namespace: 'ns' },
}
const MAPS = { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' }

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const opened: Array<{ readonly server: Server; readonly client: KubeClient }> = []

/** A server that behaves as badly as the handler says, and a client for it. */
const connected = async (handler: Handler, path = '') => {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const records: Array<RequestRecord> = []
  const made = httpKubeClient({
    source: { _tag: 'Url', url: `http://127.0.0.1:${address.port}${path}` },
    userAgent: 'image-registry-operator/1.2.3',
    onRequest: (record) => records.push(record),
  })
  if (E.isLeft(made)) throw new Error(made.left.message)
  opened.push({ server, client: made.right })
  return { client: made.right, records, server }
}

afterEach(async () => {
  await Promise.all(
    opened.splice(0).map(({ server, client }) => {
      client.close()
      return new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    }),
  )
})

const answering =
  (code: number, body: string, headers: { readonly [name: string]: string } = {}): Handler =>
  (_, response) => {
    response.writeHead(code, headers)
    response.end(body)
  }

const left = async (handler: Handler): Promise<unknown> => {
  const { client } = await connected(handler)
  const result = await client.apply({ object: OBJECT, fieldManager: 'us', force: true })()
  if (E.isRight(result)) throw new Error('accepted')
  return result.left
}

const watched = async (handler: Handler) => {
  const { client } = await connected(handler)
  const events: Array<WatchEvent> = []
  const failure = await new Promise<O.Option<RequestFailure>>((resolve) => {
    client.watch(
      { collection: MAPS, from: { _tag: 'InitialEvents' }, timeoutSeconds: 60 },
      {
        opened: () => undefined,
        received: () => undefined,
        event: (event) => events.push(event),
        ended: resolve,
      },
    )
  })
  return { events, failure }
}

const line = (object: KubeObject): Buffer =>
  Buffer.from(`${JSON.stringify({ type: 'ADDED', object })}\n`)

const inPieces = async (
  response: ServerResponse,
  pieces: ReadonlyArray<Uint8Array>,
): Promise<void> => {
  response.writeHead(200)
  for (const piece of pieces) {
    response.write(piece)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

describe('a request', () => {
  it('says who asks, keeps to the path of the server, and sends JSON as an apply patch', async () => {
    let seen: IncomingMessage | undefined
    const { client } = await connected((request, response) => {
      seen = request
      answering(200, JSON.stringify(OBJECT))(request, response)
    }, '/some/proxy/')
    await client.apply({ object: OBJECT, fieldManager: 'us', force: true, subresource: 'status' })()
    expect([seen?.method, seen?.url]).toEqual([
      'PATCH',
      '/some/proxy/api/v1/namespaces/ns/configmaps/name/status?fieldManager=us&force=true',
    ])
    expect(seen?.headers).toMatchObject({
      'user-agent': 'image-registry-operator/1.2.3',
      'content-type': 'application/apply-patch+yaml',
    })
  })

  it('that is refused for ever is told from one that may be tried again', async () => {
    expect(await left(answering(422, '{"message":"bad"}'))).toMatchObject({
      _tag: 'Invalid',
      message: 'bad',
    })
    expect(await left(answering(403, '{"message":"no"}'))).toMatchObject({ _tag: 'Forbidden' })
    expect(await left(answering(404, '{}'))).toMatchObject({ _tag: 'NotFound' })
    expect(await left(answering(409, '{"message":"rv 123"}'))).toMatchObject({
      _tag: 'Conflict',
      message: 'it changed between reading and writing',
    })
    expect(await left(answering(500, '{}'))).toMatchObject({ _tag: 'ServerError', code: 500 })
  })

  it('waits as long as Retry-After says', async () => {
    expect(await left(answering(429, '', { 'Retry-After': '7' }))).toMatchObject({
      _tag: 'Throttled',
      retryAfterMs: 7000,
    })
    expect(await left(answering(503, '{"details":{"retryAfterSeconds":3}}'))).toMatchObject({
      _tag: 'Throttled',
      retryAfterMs: 3000,
    })
    expect(await left(answering(429, ''))).toMatchObject({ _tag: 'Throttled', retryAfterMs: 1000 })
  })

  it('that is answered with something else than Kubernetes has no answer', async () => {
    expect(await left(answering(200, '<html>login</html>'))).toMatchObject({ _tag: 'Unreachable' })
    expect(await left(answering(200, '{"hello":"world"}'))).toMatchObject({ _tag: 'Unreachable' })
  })

  it('whose connection is cut before or within the answer has no answer', async () => {
    expect(await left((request) => request.socket.destroy())).toMatchObject({ _tag: 'Unreachable' })
    expect(
      await left((request, response) => {
        response.writeHead(200, { 'Content-Length': '1000' })
        response.write('{"half":')
        setTimeout(() => request.socket.destroy(), 5)
      }),
    ).toMatchObject({ _tag: 'Unreachable' })
  })

  it('is sent again when the server had just closed the kept connection', async () => {
    let requests = 0
    const { client } = await connected((request, response) => {
      requests += 1
      // The second one comes over the kept connection, and is swallowed.
      if (requests === 2) request.socket.destroy()
      else answering(200, JSON.stringify(OBJECT))(request, response)
    })
    await client.read(REF)()
    expect(E.isRight(await client.read(REF)())).toBe(true)
    expect(requests).toBe(3)
  })

  it('is told to the observer, with its answer', async () => {
    const { client, records } = await connected(answering(404, '{}'))
    await client.read(REF)()
    expect(records).toMatchObject([{ verb: 'get', kind: 'ConfigMap', code: 404 }])
    expect(records[0]?.ms).toBeGreaterThan(0)
  })

  it('under way fails when the client is closed', async () => {
    const { client } = await connected(() => undefined)
    const reading = client.read(REF)()
    setTimeout(client.close, 20)
    expect(await reading).toMatchObject({ left: { _tag: 'Unreachable', cause: 'stopped' } })
  })
})

describe('a watch', () => {
  const accented: KubeObject = { ...OBJECT, data: { text: 'é€😀'.repeat(5) } }

  it('puts characters and lines together, wherever they were split', async () => {
    const bytes = Buffer.concat([line(accented), line(OBJECT)])
    const { events, failure } = await watched((_, response) => {
      void inPieces(
        response,
        [...bytes]
          .map((byte) => Uint8Array.of(byte))
          .slice(0, 60)
          .concat([bytes.subarray(60)]),
      ).then(() => response.end())
    })
    expect(events).toEqual([
      { _tag: 'Put', object: accented },
      { _tag: 'Put', object: OBJECT },
    ])
    expect(failure).toEqual(O.none)
  })

  it('reads an object of megabytes', async () => {
    const huge = { ...OBJECT, data: { text: 'x'.repeat(3_000_000) } }
    const { events } = await watched((_, response) => {
      response.writeHead(200)
      response.end(line(huge))
    })
    expect(events).toEqual([{ _tag: 'Put', object: huge }])
  })

  it('drops half a line when the connection is cut, and says so', async () => {
    const { events, failure } = await watched((request, response) => {
      void inPieces(response, [line(OBJECT), line(accented).subarray(0, 20)]).then(() =>
        request.socket.destroy(),
      )
    })
    expect(events).toEqual([{ _tag: 'Put', object: OBJECT }])
    expect(failure).toMatchObject({ value: { _tag: 'NoAnswer' } })
  })

  it('tells bookmarks, errors and nonsense apart', async () => {
    const lines = [
      {
        type: 'BOOKMARK',
        object: {
          metadata: { resourceVersion: '7', annotations: { 'k8s.io/initial-events-end': 'true' } },
        },
      },
      {
        type: 'ERROR',
        object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' },
      },
      { type: 'SURPRISE', object: OBJECT },
    ]
    const { events } = await watched((_, response) => {
      response.writeHead(200)
      response.end(`${lines.map((one) => JSON.stringify(one)).join('\n')}\nno json\n`)
    })
    expect(events).toMatchObject([
      { _tag: 'Bookmark', resourceVersion: '7', initialEventsEnd: true },
      { _tag: 'Error', failure: { code: 410, reason: 'Expired' } },
      { _tag: 'Error', failure: { _tag: 'NoAnswer' } },
      { _tag: 'Error', failure: { _tag: 'NoAnswer' } },
    ])
  })

  it('that is refused ends with the refusal', async () => {
    const { failure } = await watched(answering(429, '{"kind":"Status"}', { 'Retry-After': '9' }))
    expect(failure).toMatchObject({ value: { _tag: 'Refused', code: 429, retryAfterMs: 9000 } })
  })
})

describe('a connection', () => {
  const source = (url: string) => httpKubeClient({ source: { _tag: 'Url', url }, userAgent: 'x/1' })

  it('without TLS is made to loopback only', () => {
    expect(source('http://example.com')).toMatchObject({ left: { _tag: 'NoConnection' } })
    expect(E.isRight(source('http://[::1]:8001'))).toBe(true)
  })

  it('that is not configured says what to do', () => {
    expect(source('nonsense')).toMatchObject({
      left: { message: expect.stringContaining('write e.g.') },
    })
    const missing = httpKubeClient({
      source: { _tag: 'File', path: '/no/such/file' },
      userAgent: 'x/1',
    })
    expect(missing).toMatchObject({
      left: { message: expect.stringContaining('set KUBECONFIG or --kubeconfig') },
    })
  })
})

describe('a log', () => {
  const request = { pod: objectRef('v1', 'Pod', 'a', 'ns'), container: 'c', limitBytes: 9 }

  it('is text, and read up to a limit', async () => {
    const asked: Array<string | undefined> = []
    const { client, records } = await connected((incoming, response) => {
      asked.push(incoming.url)
      answering(200, 'no\nJSON\n')(incoming, response)
    })
    expect(await client.readLog(request)()).toEqual(E.right('no\nJSON\n'))
    expect(asked).toEqual(['/api/v1/namespaces/ns/pods/a/log?container=c&limitBytes=9'])
    expect(records).toMatchObject([{ verb: 'get', kind: 'Pod', code: 200 }])
  })

  it('can be refused', async () => {
    const { client, records } = await connected(answering(403, '{"reason":"Forbidden"}'))
    expect(await client.readLog(request)()).toMatchObject(E.left({ _tag: 'Refused', code: 403 }))
    expect(records).toMatchObject([{ code: 403 }])
  })
})
