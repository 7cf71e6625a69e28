import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

import { describe, expect, it, onTestFinished, vi } from 'vitest'

import { googleClient, type GoogleRequest } from './gcs-client'
import { gcsError } from './gcs-error'

const started = async (listener: RequestListener): Promise<URL> => {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return new URL(`http://127.0.0.1:${port}/storage/v1/b/a?x=1`)
}

const NOBODY = {
  authorities: { pem: '', isOnly: false },
  proxy: { http: '', https: '', noProxy: '' },
}

const sent = (request: Partial<GoogleRequest> & Pick<GoogleRequest, 'url'>, timeoutMs = 5_000) => {
  const client = googleClient(NOBODY, 'registry-operator/1')
  onTestFinished(client.close)
  const whole: GoogleRequest = { method: 'GET', token: 'ya29.secret', ...request }
  return client.send(whole)(AbortSignal.timeout(timeoutMs))
}

const failure = (sending: Promise<unknown>) =>
  sending.then(
    () => undefined,
    (cause: unknown) => gcsError(cause, 'storage.buckets.get'),
  )

type Asked = { readonly line: string; readonly authorization: string; readonly body: string }

describe('a request to Google', () => {
  it('is sent with its token and its content, and its answer read', async () => {
    const asked: Asked[] = []
    const agents = new Set<string | undefined>()
    const url = await started((request, response) => {
      const { method = '', headers } = request
      agents.add(headers['user-agent'])
      void text(request).then((body) => {
        const { authorization = '', 'content-type': type = '' } = headers
        asked.push({ line: `${method} ${request.url} ${type}`, authorization, body })
        response.end('{"name":"a"}')
      })
    })
    expect(await sent({ url })).toEqual({ name: 'a' })
    await sent({ url, method: 'PATCH', content: { _tag: 'Json', value: { labels: null } } })
    const fields = { scope: 'a b' }
    await sent({ url, method: 'POST', token: '', content: { _tag: 'Form', fields } })
    expect([...agents]).toEqual(['registry-operator/1'])
    expect(asked).toEqual([
      { line: 'GET /storage/v1/b/a?x=1 ', authorization: 'Bearer ya29.secret', body: '' },
      {
        line: 'PATCH /storage/v1/b/a?x=1 application/json',
        authorization: 'Bearer ya29.secret',
        body: '{"labels":null}',
      },
      {
        line: 'POST /storage/v1/b/a?x=1 application/x-www-form-urlencoded',
        authorization: '',
        body: 'scope=a+b',
      },
    ])
  })

  it('may be answered with nothing', async () => {
    const url = await started((_, response) => response.writeHead(204).end())
    expect(await sent({ url, method: 'DELETE' })).toEqual({})
  })

  it('goes by no proxy that only the environment names', async () => {
    const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy']
    names.forEach((name) => vi.stubEnv(name, 'http://127.0.0.1:9'))
    vi.stubEnv('NODE_USE_ENV_PROXY', '1')
    onTestFinished(() => void vi.unstubAllEnvs())
    const url = await started((_, response) => void response.end('{"direct":true}'))
    expect(await sent({ url })).toEqual({ direct: true })
  })

  it('goes by the proxy of the cluster', async () => {
    const asked: Array<string | undefined> = []
    const proxy = await started((request, response) => {
      asked.push(request.url)
      response.end('{}')
    })
    const client = googleClient(
      {
        ...NOBODY,
        proxy: { http: proxy.origin, https: '', noProxy: '' },
      },
      'registry-operator/1',
    )
    onTestFinished(client.close)
    const url = new URL('http://storage.invalid/b')
    await client.send({ method: 'GET', token: '', url })(AbortSignal.timeout(5_000))
    expect(asked).toEqual(['http://storage.invalid/b'])
  })
})

describe('a request that fails', () => {
  it('says what the service said, and how long to wait', async () => {
    const url = await started((_, response) => {
      const error = { code: 429, message: 'slowly', errors: [{ reason: 'rateLimitExceeded' }] }
      response.writeHead(429, { 'Retry-After': '3' }).end(JSON.stringify({ error }))
    })
    expect(await failure(sent({ url }))).toEqual({
      _tag: 'StorageThrottled',
      backend: 'Gcs',
      operation: 'storage.buckets.get',
      code: 'rateLimitExceeded',
      message: 'slowly',
      retryAfterMs: 3_000,
    })
  })

  it.each<[string, RequestListener]>([
    ['is no JSON', (_, response) => void response.end('<html>')],
    ['is no object', (_, response) => void response.end('[]')],
    [
      'ends early',
      (_, response) => {
        response.writeHead(200, { 'Content-Length': '99' })
        response.write('{', () => response.destroy())
      },
    ],
  ])('because the answer %s', async (_, listener) => {
    const url = await started(listener)
    expect(await failure(sent({ url }))).toMatchObject({
      _tag: 'StorageFailed',
      message: `the answer of ${url.host} is not whole, or not JSON`,
    })
  })

  it.each<[string, RequestListener]>([
    ['before the answer', () => undefined],
    ['within the answer', (_, response) => void response.writeHead(200).write('{')],
  ])('when its time is over %s', async (_, listener) => {
    const url = await started(listener)
    expect(await failure(sent({ url }, 200))).toMatchObject({
      _tag: 'StorageUnreachable',
      message: `no answer of ${url.host} (timeout)`,
    })
  })

  it('because nobody is there', async () => {
    const url = new URL('http://127.0.0.1:9/')
    expect(await failure(sent({ url }))).toMatchObject({
      _tag: 'StorageUnreachable',
      message: 'no answer of 127.0.0.1:9 (ECONNREFUSED)',
    })
  })

  it('because the connection breaks', async () => {
    const url = await started((request) => void request.socket.destroy())
    expect(await failure(sent({ url }))).toMatchObject({
      message: expect.stringContaining('ECONNRESET'),
    })
  })

  it('never says the token', async () => {
    const error = await failure(
      sent({ url: new URL('http://127.0.0.1:9/'), token: 'ya29.\nsecret' }),
    )
    expect(error?._tag).toBe('StorageUnreachable')
    expect(JSON.stringify(error)).not.toContain('secret')
  })
})
