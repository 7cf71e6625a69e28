import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'

import { isJsonObject, type Json, type JsonObject } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { describe, expect, it, onTestFinished } from 'vitest'

import { sendRequest } from '../send-request'
import { selfSigned } from '../testing/self-signed'
import { probeObjectStore, type OpenstackCredentials } from './object-store-probe'
import { describeProbeError } from './probe-error'

const PASSWORD = '0123-not-to-be-seen'

type Endpoint = { readonly region: string; readonly interface: string; readonly at?: string }

/** What a simulated OpenStack is like. */
type Cloud = {
  /** Codes of its answers. */
  readonly keystone: number
  readonly swift: number
  readonly endpoints: ReadonlyArray<Endpoint>
  /** Keystone tells of no services at all. */
  readonly hidesCatalog: boolean
  readonly isSilent: boolean
  readonly certificate?: { readonly certificate: string; readonly privateKey: string }
}

const USUAL: Cloud = {
  keystone: 201,
  swift: 200,
  endpoints: [{ region: 'RegionOne', interface: 'public' }],
  hidesCatalog: false,
  isSilent: false,
}

type Seen = { readonly path: string; readonly body: Json; readonly token: string | undefined }

type StartedCloud = { readonly url: string; readonly seen: ReadonlyArray<Seen> }

const catalogOf = ({ endpoints }: Cloud, url: string): Json => [
  { type: 'identity', name: 'keystone', endpoints: [] },
  {
    type: 'object-store',
    name: 'ceph',
    endpoints: endpoints.map(({ at = `${url}/swift/v1`, ...endpoint }) => ({
      ...endpoint,
      region_id: endpoint.region,
      url: at,
    })),
  },
]

const listener =
  (cloud: Cloud, url: () => string, seen: Seen[]): RequestListener =>
  (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const path = request.url ?? ''
      const token = request.headers['x-auth-token']?.toString()
      seen.push({ path, token, body: text === '' ? null : (JSON.parse(text) as Json) })
      if (cloud.isSilent) return
      if (path.startsWith('/swift')) {
        response.writeHead(cloud.swift).end('[]')
        return
      }
      const catalog = cloud.hidesCatalog ? {} : { catalog: catalogOf(cloud, url()) }
      response
        .writeHead(cloud.keystone, { 'X-Subject-Token': 'a-token' })
        .end(JSON.stringify({ token: catalog }))
    })
  }

const started = async (changes: Partial<Cloud> = {}): Promise<StartedCloud> => {
  const cloud = { ...USUAL, ...changes }
  const seen: Seen[] = []
  const { certificate } = cloud
  let url = ''
  const answer = listener(cloud, () => url, seen)
  const server =
    certificate === undefined
      ? createServer(answer)
      : createSecureServer({ cert: certificate.certificate, key: certificate.privateKey }, answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  url = `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`
  return { url, seen }
}

const NO_PROXY = { http: '', https: '', noProxy: '' }

const cloudsWith = (auth: JsonObject, region = 'RegionOne'): string =>
  `clouds:\n  mine: ${JSON.stringify({ auth, region_name: region })}\n`

const asked = (auth: JsonObject, changes: Partial<OpenstackCredentials> = {}) =>
  probeObjectStore({ send: sendRequest(1_000) })({
    clouds: cloudsWith(auth),
    cloud: 'mine',
    authorities: '',
    proxy: NO_PROXY,
    ...changes,
  })()

const person = (url: string): JsonObject => ({
  auth_url: url,
  username: 'me',
  password: PASSWORD,
  project_name: 'demo',
  user_domain_name: 'Default',
})

const problem = async (probing: ReturnType<typeof asked>): Promise<string> => {
  const answer = await probing
  return E.isLeft(answer) ? describeProbeError(answer.left) : JSON.stringify(answer.right)
}

/** What Keystone was sent. */
const sentAuth = ({ seen }: StartedCloud): Json | undefined => {
  const body = seen[0]?.body
  return isJsonObject(body) ? body['auth'] : undefined
}

describe('an object store is usable', () => {
  it('if the catalog has it, whatever its name, and its containers may be listed', async () => {
    const cloud = await started()
    expect(await asked(person(cloud.url))).toEqual(E.right({ usable: true }))
    expect(cloud.seen.map(({ path, token }) => [path, token])).toEqual([
      ['/v3/auth/tokens', undefined],
      ['/swift/v1?limit=1', 'a-token'],
    ])
  })

  it.each(['', '/', '/v3', '/v3/', '/v2.0'])('with the address of Keystone + %j', async (path) => {
    const cloud = await started()
    expect(await asked(person(`${cloud.url}/identity${path}`))).toEqual(E.right({ usable: true }))
    expect(cloud.seen[0]?.path).toBe('/identity/v3/auth/tokens')
  })

  it('without a region, wherever it is', async () => {
    const cloud = await started()
    const clouds = cloudsWith(person(cloud.url), '')
    expect(await asked({}, { clouds })).toEqual(E.right({ usable: true }))
  })
})

describe('an object store is not usable', () => {
  it.each([
    ['there is none', { endpoints: [] }],
    ['it is in another region', { endpoints: [{ region: 'Other', interface: 'public' }] }],
    ['it is not for the public', { endpoints: [{ region: 'RegionOne', interface: 'internal' }] }],
    ['it lets nobody in', { swift: 401 }],
    ['these credentials may not list', { swift: 403 }],
    ['there is no account', { swift: 404 }],
  ])('if %s', async (_, changes) => {
    const cloud = await started(changes)
    expect(await asked(person(cloud.url))).toEqual(E.right({ usable: false }))
  })
})

describe('Keystone is given', () => {
  it('a user by name and domain, and a project in that domain', async () => {
    const cloud = await started()
    await asked(person(cloud.url))
    const domain = { name: 'Default' }
    expect(sentAuth(cloud)).toEqual({
      identity: {
        methods: ['password'],
        password: { user: { name: 'me', domain, password: PASSWORD } },
      },
      scope: { project: { name: 'demo', domain } },
    })
  })

  it('domains and projects by their ids, and those of the project apart from those of the user', async () => {
    const cloud = await started()
    const { username, password, auth_url } = person(cloud.url)
    const auth = { username, password, auth_url, user_domain_id: 'u', project_domain_id: 'p' }
    await asked({ ...auth, project_name: 'demo' } as JsonObject)
    expect(sentAuth(cloud)).toMatchObject({
      identity: { password: { user: { domain: { id: 'u' } } } },
      scope: { project: { name: 'demo', domain: { id: 'p' } } },
    })
  })

  it('an application credential, without a project', async () => {
    const cloud = await started()
    const secret = { application_credential_id: 'it', application_credential_secret: PASSWORD }
    await asked({ ...person(cloud.url), ...secret })
    expect(sentAuth(cloud)).toEqual({
      identity: {
        methods: ['application_credential'],
        application_credential: { id: 'it', secret: PASSWORD },
      },
    })
  })

  it('an application credential by its name, of its user', async () => {
    const cloud = await started()
    const secret = { application_credential_name: 'it', application_credential_secret: PASSWORD }
    await asked({ auth_url: cloud.url, user_id: 'me', ...secret })
    expect(sentAuth(cloud)).toMatchObject({
      identity: { application_credential: { name: 'it', user: { id: 'me' } } },
    })
  })

  it('a token, for a project by its id', async () => {
    const cloud = await started()
    await asked({ auth_url: cloud.url, token: 'old', project_id: '42' })
    expect(sentAuth(cloud)).toEqual({
      identity: { methods: ['token'], token: { id: 'old' } },
      scope: { project: { id: '42' } },
    })
  })

  it('a password as it is written, also if it looks like a number', async () => {
    const cloud = await started()
    const clouds = `clouds:
  mine:
    auth: { auth_url: '${cloud.url}', username: me, password: 0123, project_id: 1e3 }
`
    await asked({}, { clouds })
    expect(sentAuth(cloud)).toMatchObject({
      identity: { password: { user: { password: '0123', domain: { id: 'default' } } } },
      scope: { project: { id: '1e3' } },
    })
  })
})

describe('it is not known whether there is an object store', () => {
  it.each([
    [{ keystone: 401 }, 'refuses the credentials'],
    [{ keystone: 403 }, 'refuses the credentials'],
    [{ keystone: 300 }, 'gives an answer that nobody expects (HTTP 300)'],
    [{ keystone: 404 }, 'gives an answer that nobody expects (HTTP 404)'],
    [{ keystone: 503 }, 'gives an answer that nobody expects (HTTP 503)'],
    [{ swift: 503 }, 'gives an answer that nobody expects (HTTP 503)'],
    [{ hidesCatalog: true }, 'are for no project; add auth.project_name or auth.project_id'],
    [{ isSilent: true }, 'cannot be asked (nothing within 1 s)'],
    [
      { endpoints: [{ region: 'RegionOne', interface: 'public', at: 'nowhere' }] },
      'names no usable address of the object store',
    ],
  ])('from %j', async (changes, expected) => {
    const cloud = await started(changes)
    const text = await problem(asked(person(cloud.url)))
    expect(text).toContain(expected)
    expect(text).not.toContain(PASSWORD)
  })

  it.each([
    ['', 'has no clouds.yaml; add it'],
    ['clouds:\n  mine: {', 'is not YAML (line 2)'],
    [`clouds: {mine: {auth: {password: *${PASSWORD}}}}`, 'is not YAML'],
    ['clouds: {other: {auth: {}}}', 'has no clouds.mine'],
    ['- no clouds', 'has no clouds.mine'],
    ['clouds: {mine: {region_name: a}}', 'has no auth.auth_url'],
    ['clouds: {mine: {auth: {auth_url: "ftp://a"}}}', 'must be a URL'],
    ['clouds: {mine: {auth: {auth_url: "http://127.0.0.1:9"}}}', 'has no auth.username with'],
    [
      `clouds: {mine: {auth: {auth_url: "http://me:${PASSWORD}@127.0.0.1:9", username: a, password: ${PASSWORD}}}}`,
      'http://127.0.0.1:9 cannot be asked (ECONNREFUSED)',
    ],
  ])('from the clouds.yaml %j', async (clouds, expected) => {
    const text = await problem(asked({}, { clouds }))
    expect(text).toContain(expected)
    expect(text).not.toContain(PASSWORD)
  })
})

describe('an authority of the cloud', () => {
  it('is trusted if it is given, and only then', async () => {
    const certificate = await selfSigned()
    const cloud = await started({ certificate })
    const authorities = certificate.certificate
    expect(await asked(person(cloud.url), { authorities })).toEqual(E.right({ usable: true }))
    expect(await problem(asked(person(cloud.url)))).toContain('DEPTH_ZERO_SELF_SIGNED_CERT')
    expect(await problem(asked(person(cloud.url), { authorities: '# no certificate' }))).toContain(
      'DEPTH_ZERO_SELF_SIGNED_CERT',
    )
  })
})

describe('the proxy of the cluster', () => {
  const behind = async (noProxy: string) => {
    const proxy = await started({ keystone: 407 })
    const cloud = await started()
    const settings = { http: proxy.url, https: proxy.url, noProxy }
    await asked(person(cloud.url), { proxy: settings })
    return { proxied: proxy.seen.length > 0, direct: cloud.seen.length > 0 }
  }

  it.each([
    ['', true],
    ['10.0.0.0/8,.svc', true],
    ['not/anything,127.0.0.1/x', true],
    ['.svc,127.0.0.0/8', false],
    ['127.0.0.1', false],
  ])('with noProxy %j is used: %s', async (noProxy, proxied) => {
    expect(await behind(noProxy)).toEqual({ proxied, direct: !proxied })
  })
})
