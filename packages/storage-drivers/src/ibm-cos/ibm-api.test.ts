import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import * as T from 'fp-ts/Task'
import { afterEach, describe, expect, it } from 'vitest'

import { agents } from '../agents'
import { storageCaller } from '../storage-call'
import { tokenCache } from './iam-token'
import { ibmApi, type IbmApi } from './ibm-api'
import { ibmCosError } from './ibm-cos-error'

type Reply = Readonly<{ status: number; body?: unknown }> | 'hang up' | 'half'

const claims = Buffer.from(JSON.stringify({ iam_id: 'i', account: { bss: 'a' } }))
const token = `e30.${claims.toString('base64url')}.c2ln`
const granted: Reply = { status: 200, body: { access_token: token } }

const stops: Array<() => void> = []
afterEach(() => stops.splice(0).forEach((stop) => stop()))

/** IBM Cloud that gives tokens to everybody, and otherwise replies as told, one reply after another. */
const cloud = async (
  replies: ReadonlyArray<Reply>,
): Promise<Readonly<{ api: IbmApi; asked: string[]; url: (path: string) => URL }>> => {
  const asked: string[] = []
  const left = [...replies]
  const server = createServer((request, response) => {
    const { method = '', url = '' } = request
    asked.push(`${method} ${url}`)
    const reply = url === '/identity/token' ? granted : (left.shift() ?? { status: 500 })
    request.resume().once('end', () => {
      if (reply === 'hang up') return response.destroy()
      if (reply === 'half') {
        response.writeHead(201, { 'Content-Length': '100' }).write('{"crn":')
        return setTimeout(() => response.destroy(), 20)
      }
      return response.writeHead(reply.status).end(JSON.stringify(reply.body ?? {}))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const reach = {
    authorities: { pem: '', isOnly: false },
    proxy: { http: '', https: '', noProxy: '' },
  }
  const deps = {
    wait: () => T.of(undefined),
    random: () => 0,
    timeoutMs: 5_000,
    onCall: () => () => undefined,
  }
  const api = ibmApi({
    apiKey: 'key',
    iamEndpoint: base,
    agentsOf: (host) => agents(reach, host),
    call: storageCaller(deps, 'IbmCos', ibmCosError),
    tokens: tokenCache(),
  })
  return { api, asked, url: (path) => new URL(path, base) }
}

const posts = (asked: ReadonlyArray<string>): number =>
  asked.filter((one) => one === 'POST /v2/resource_keys').length

describe('what may be there twice', () => {
  it.each(['hang up', 'half', { status: 502 }, { status: 429 }] as const)(
    'is not asked for again once nobody knows what came of it: %j',
    async (reply) => {
      const { api, asked, url } = await cloud([reply, { status: 201 }])
      const result = await api.askJson({
        operation: 'CreateResourceKey',
        method: 'POST',
        url: url('/v2/resource_keys'),
        isOnce: true,
      })()
      expect(result).toMatchObject({ left: { _tag: 'StorageConflict' } })
      expect(posts(asked)).toBe(1)
    },
  )
})

describe('a token', () => {
  it('is replaced when it is refused, but a new one only once', async () => {
    const { api, asked, url } = await cloud([
      { status: 200 },
      { status: 401 },
      { status: 200 },
      { status: 401 },
      { status: 401 },
    ])
    const ask = api.askJson({ operation: 'Get', method: 'GET', url: url('/v2/x') })
    expect(await ask()).toMatchObject({ _tag: 'Right' })
    expect(await ask()).toMatchObject({ _tag: 'Right' })
    expect(await ask()).toMatchObject({ left: { _tag: 'CredentialsRefused' } })
    expect(asked.filter((one) => one === 'POST /identity/token')).toHaveLength(3)
  })
})

describe('a list', () => {
  it('is that of all pages, and ends though the pages do not', async () => {
    const page = (start: number): Reply => ({
      status: 200,
      body: { resources: [{ start }], next_url: `/v2/x?start=${start + 1}` },
    })
    const { api, asked, url } = await cloud([...Array(50).keys()].map(page))
    const result = await api.list('List', url('/v2/x'))()
    expect(result._tag === 'Right' && result.right.length).toBe(20)
    expect(asked.at(-1)).toBe('GET /v2/x?start=19')
  })
})
