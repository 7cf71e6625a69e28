import { createSign } from 'node:crypto'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type Azure, startAzure } from '../../storage-servers/azure/azure'
import { startFaults, type FaultMoment, type Faults } from '../../storage-servers/faults/faults'
import { type Front, startFront } from '../../storage-servers/front/front'
import { listenOnLoopback, type LoopbackServer } from '../../storage-servers/front/loopback-server'
import { type NetworkAnswer, requestThrough } from '../../storage-servers/front/request-through'
import { wholeBody } from '../../storage-servers/front/upstream'
import { type Gcs, startGcs } from '../../storage-servers/gcs/gcs'
import { openstackNames, startSwift, type Swift } from '../../storage-servers/swift/swift'

type Seen = Readonly<{ method: string; path: string; host: string; body: string }>

/** A server that keeps what it is asked for. */
const startWitness = async (): Promise<LoopbackServer & Readonly<{ seen: Seen[] }>> => {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request
    void wholeBody(request).then((body) => {
      seen.push({ method, path: url, host: headers.host ?? '', body: body.toString('utf8') })
      response.writeHead(200, { 'X-Witness': 'yes' }).end('seen')
    })
  })
  return { ...(await listenOnLoopback(server)), seen }
}

describe('the front', () => {
  it('is every host that it was told of, and hands requests on as they are', async () => {
    const witness = await startWitness()
    const front = await startFront({
      hosts: { 'storage.googleapis.com': witness, '*.blob.core.windows.net': witness },
    })
    const answer = await requestThrough(front, {
      url: 'https://storage.googleapis.com/storage/v1/b?project=one%2Ftwo',
      method: 'POST',
      body: '{"name":"a"}',
    })
    await requestThrough(front, { url: 'https://account1.blob.core.windows.net/container' })
    expect(answer).toMatchObject({ status: 200, text: 'seen', headers: { 'x-witness': 'yes' } })
    expect(witness.seen).toEqual([
      {
        method: 'POST',
        path: '/storage/v1/b?project=one%2Ftwo',
        host: 'storage.googleapis.com',
        body: '{"name":"a"}',
      },
      { method: 'GET', path: '/container', host: 'account1.blob.core.windows.net', body: '' },
    ])
    expect(front.requests().map(({ host, status }) => [host, status])).toEqual([
      ['storage.googleapis.com', 200],
      ['account1.blob.core.windows.net', 200],
    ])
    expect(front.refused()).toEqual([])
    await front.stop()
    await witness.stop()
  })

  it('lets nobody through to another host, and says who was asked for', async () => {
    const witness = await startWitness()
    const front = await startFront({ hosts: { 'storage.googleapis.com': witness } })
    await expect(requestThrough(front, { url: 'https://example.com/' })).rejects.toThrow()
    const plain = await fetch(`${front.proxyUrl}/`)
    expect(plain.status).toBe(403)
    expect(front.refused()).toEqual(['example.com', 'no-host-given'])
    expect(witness.seen).toEqual([])
    await front.stop()
    await witness.stop()
  })

  it('is not believed by a program that trusts another authority', async () => {
    const witness = await startWitness()
    const hosts = { 'storage.googleapis.com': witness }
    const [front, other] = await Promise.all([startFront({ hosts }), startFront({ hosts })])
    await expect(
      requestThrough(
        { proxyUrl: front.proxyUrl, authorities: other.authorities },
        { url: 'https://storage.googleapis.com/' },
      ),
    ).rejects.toThrow(/certificate/)
    expect(witness.seen).toEqual([])
    await Promise.all([front.stop(), other.stop(), witness.stop()])
  })
})

const put = (faults: Faults, path: string): Promise<Response> =>
  fetch(`${faults.url}${path}`, {
    method: 'PUT',
    body: 'content',
    signal: AbortSignal.timeout(1_000),
  })

describe('faults', () => {
  it.each(['before', 'after'] as const)(
    'fail the request that they are told to, %s the server has it, and no other',
    async (moment: FaultMoment) => {
      const witness = await startWitness()
      const faults = await startFaults({ target: witness, dialect: 'gcs' })
      faults.failNth(2, 429, moment)
      const answers = [await put(faults, '/1'), await put(faults, '/2'), await put(faults, '/3')]
      expect(answers.map(({ status }) => status)).toEqual([200, 429, 200])
      expect(answers[1]?.headers.get('retry-after')).toBe('1')
      expect(await answers[1]?.json()).toMatchObject({
        error: { code: 429, errors: [{ reason: 'rateLimitExceeded' }] },
      })
      const arrived = moment === 'before' ? ['/1', '/3'] : ['/1', '/2', '/3']
      expect(witness.seen.map(({ path }) => path)).toEqual(arrived)
      expect(faults.requests().map(({ fault }) => fault)).toEqual([undefined, 429, undefined])
      await faults.stop()
      await witness.stop()
    },
  )

  it.each([
    ['timeout', /timeout/],
    ['reset', /fetch failed/],
    ['truncated', /terminated/],
  ] as const)('break an answer: %s', async (fault, how) => {
    const witness = await startWitness()
    const faults = await startFaults({ target: witness, dialect: 's3' })
    faults.failAll(fault, 'after')
    await expect(put(faults, '/1').then((answer) => answer.text())).rejects.toThrow(how)
    expect(witness.seen).toHaveLength(1)
    faults.heal()
    expect((await put(faults, '/2')).status).toBe(200)
    await faults.stop()
    await witness.stop()
  })

  it.each([
    ['s3', 'application/xml', '<Code>AccessDenied</Code>'],
    ['azure-blob', 'application/xml', '<Code>AuthorizationFailure</Code>'],
    ['arm', 'application/json', '"code":"AuthorizationFailed"'],
    ['swift', 'text/html', '<h1>Forbidden</h1>'],
    ['keystone', 'application/json', '"title":"Forbidden"'],
  ] as const)('speak as %s does', async (dialect, type, words) => {
    const witness = await startWitness()
    const faults = await startFaults({ target: witness, dialect })
    faults.failAll(403, 'before', ({ path }) => path.startsWith('/no'))
    const refused = await put(faults, '/no')
    expect(refused.status).toBe(403)
    expect(refused.headers.get('content-type')).toContain(type)
    expect(await refused.text()).toContain(words)
    expect((await put(faults, '/yes')).status).toBe(200)
    await faults.stop()
    await witness.stop()
  })

  it('are met by whoever comes through the front, under the name of the cloud', async () => {
    const witness = await startWitness()
    const faults = await startFaults({ target: witness, dialect: 'azure-blob' })
    const front = await startFront({ hosts: { '*.blob.core.windows.net': faults } })
    faults.failNth(1, 404, 'before')
    const url = 'https://account1.blob.core.windows.net/container'
    const answer = await requestThrough(front, { url })
    expect(answer).toMatchObject({
      status: 404,
      headers: { 'x-ms-error-code': 'ContainerNotFound' },
    })
    await requestThrough(front, { url })
    expect(witness.seen.map(({ host }) => host)).toEqual(['account1.blob.core.windows.net'])
    await Promise.all([front.stop(), faults.stop(), witness.stop()])
  })
})

const isAlive = (pid: number | undefined): boolean => {
  try {
    return pid !== undefined && process.kill(pid, 0)
  } catch {
    return false
  }
}

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Asks for a token as whoever holds the key does; `changed` is what to say differently. */
const askForToken = (
  front: Front,
  keyText: string,
  changed: Readonly<Record<string, unknown>> = {},
): Promise<NetworkAnswer> => {
  const key = JSON.parse(keyText) as Readonly<Record<'client_email' | 'private_key', string>>
  const now = Math.floor(Date.now() / 1000)
  const scope = 'https://www.googleapis.com/auth/devstorage.full_control'
  const aud = 'https://oauth2.googleapis.com/token'
  const claims = { iss: key.client_email, scope, aud, iat: now, exp: now + 3600, ...changed }
  const signed = `${base64({ alg: 'RS256', typ: 'JWT' })}.${base64(claims)}`
  const signature = createSign('sha256').update(signed).sign(key.private_key, 'base64url')
  return requestThrough(front, {
    url: aud,
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: `${signed}.${signature}`,
    }).toString(),
  })
}

describe('Google Cloud Storage', () => {
  const started: { gcs?: Gcs; front?: Front } = {}
  const front = (): Front => started.front as Front
  const gcs = (): Gcs => started.gcs as Gcs
  const ask = async (method: string, path: string, body?: unknown): Promise<NetworkAnswer> => {
    const token = await askForToken(front(), gcs().serviceAccountKey('project-1'))
    return requestThrough(front(), {
      url: `https://storage.googleapis.com${path}`,
      method,
      headers: { Authorization: `Bearer ${String(token.json()['access_token'])}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }

  beforeAll(async () => {
    started.gcs = await startGcs()
    started.front = await startFront({ hosts: started.gcs.hosts })
  }, 300_000)

  afterAll(async () => {
    const pid = gcs().server.pid()
    expect(isAlive(pid)).toBe(true)
    await Promise.all([front().stop(), gcs().stop()])
    expect(isAlive(pid)).toBe(false)
  })

  it('gives a token to whoever signs with the key, and to nobody else', async () => {
    const key = gcs().serviceAccountKey('project-1')
    const other = JSON.parse(gcs().serviceAccountKey('project-1')) as Record<string, string>
    const stolen = JSON.stringify({ ...JSON.parse(key), private_key: other['private_key'] })
    expect((await askForToken(front(), key)).json()).toMatchObject({ token_type: 'Bearer' })
    expect((await askForToken(front(), stolen)).json()).toMatchObject({ error: 'invalid_grant' })
    expect((await askForToken(front(), key, { aud: 'https://example.com' })).status).toBe(400)
    expect((await askForToken(front(), key, { exp: 1 })).status).toBe(400)
    const url = 'https://storage.googleapis.com/storage/v1/b?project=project-1'
    expect((await requestThrough(front(), { url })).status).toBe(401)
  })

  it('gives a token for one of another issuer', async () => {
    const exchange = (subject: string): Promise<NetworkAnswer> =>
      requestThrough(front(), {
        url: 'https://sts.googleapis.com/v1/token',
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
          audience:
            '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q',
          scope: 'https://www.googleapis.com/auth/devstorage.full_control',
          requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
          subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
          subject_token: subject,
        }).toString(),
      })
    expect((await exchange('not-a-token')).status).toBe(400)
    const token = String((await exchange('a.b.c')).json()['access_token'])
    const url = 'https://storage.googleapis.com/storage/v1/b?project=project-1'
    const headers = { Authorization: `Bearer ${token}` }
    expect((await requestThrough(front(), { url, headers })).status).toBe(200)
  })

  it('keeps the settings of a bucket, and merges what changes', async () => {
    const bucket = {
      name: 'settings-1',
      location: 'us-east1',
      labels: { one: '1', two: '2' },
      encryption: { defaultKmsKeyName: 'projects/p/locations/l/keyRings/r/cryptoKeys/k' },
      lifecycle: {
        rule: [{ action: { type: 'AbortIncompleteMultipartUpload' }, condition: { age: 1 } }],
      },
      iamConfiguration: { uniformBucketLevelAccess: { enabled: true } },
    }
    expect((await ask('POST', '/storage/v1/b?project=project-1', bucket)).status).toBe(200)
    const shown = { ...bucket, location: 'US-EAST1', metageneration: '1' }
    expect((await ask('GET', '/storage/v1/b/settings-1')).json()).toMatchObject(shown)
    await ask('PATCH', '/storage/v1/b/settings-1', {
      labels: { one: null, three: '3' },
      iamConfiguration: { publicAccessPrevention: 'enforced' },
    })
    const after = (await ask('GET', '/storage/v1/b/settings-1')).json()
    expect(after).toMatchObject({
      encryption: bucket.encryption,
      iamConfiguration: {
        uniformBucketLevelAccess: { enabled: true },
        publicAccessPrevention: 'enforced',
      },
      metageneration: '2',
    })
    expect(after['labels']).toEqual({ two: '2', three: '3' })
    expect(
      gcs()
        .bucketWrites()
        .map(({ method }) => method),
    ).toEqual(['POST', 'PATCH'])
  })

  it('refuses what the published API refuses', async () => {
    const create = (body: unknown, query = '?project=p'): Promise<NetworkAnswer> =>
      ask('POST', `/storage/v1/b${query}`, body)
    expect((await create({ name: 'refused-1', labels: { 'not/a-label': 'x' } })).status).toBe(400)
    expect((await create({ name: 'refused-1', colour: 'red' })).status).toBe(400)
    expect((await create({ name: 'refused-1' }, '')).status).toBe(400)
    expect((await ask('GET', '/storage/v1/b/refused-1')).json()).toMatchObject({
      error: { code: 404 },
    })
    expect((await create({ name: 'settings-1' })).status).toBe(409)
  })

  it('takes objects, also in sessions, and does not delete a bucket that has one', async () => {
    await ask('POST', '/storage/v1/b?project=project-1', { name: 'full-1' })
    const upload = '/upload/storage/v1/b/full-1/o?uploadType=resumable&name=docker%2Fa'
    const session = await ask('POST', upload, {})
    const { pathname, search, origin } = new URL(session.headers.location ?? '')
    expect(origin).toBe('https://storage.googleapis.com')
    expect((await ask('PUT', pathname + search, 'content')).status).toBe(200)
    const object = '/storage/v1/b/full-1/o/docker%2Fa'
    expect((await ask('GET', `${object}?alt=media`)).text).toBe('"content"')
    expect((await ask('DELETE', '/storage/v1/b/full-1')).json()).toMatchObject({
      error: { code: 409, errors: [{ reason: 'conflict' }] },
    })
    expect((await ask('DELETE', object)).status).toBeLessThan(300)
    expect((await ask('DELETE', '/storage/v1/b/full-1')).status).toBe(204)
    expect((await ask('GET', '/storage/v1/b/full-1')).status).toBe(404)
  })
})

const inDefault = { domain: { id: 'default' } }

const passwordOf = (user: string, password: string): unknown => ({
  identity: { methods: ['password'], password: { user: { name: user, password, ...inDefault } } },
  scope: { project: { name: 'demo', ...inDefault } },
})

describe('Swift', () => {
  const started: { swift?: Swift; front?: Front } = {}
  const front = (): Front => started.front as Front
  const swift = (): Swift => started.swift as Swift
  const logIn = (auth: unknown): Promise<NetworkAnswer> =>
    requestThrough(front(), {
      url: `${swift().v3.authUrl}/auth/tokens`,
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ auth }),
    })
  const ask = (method: string, path: string, login: NetworkAnswer): Promise<NetworkAnswer> =>
    requestThrough(front(), {
      url: `https://${openstackNames.objectStore}/v1/AUTH_${swift().v3.projectId}${path}`,
      method,
      headers: { 'X-Auth-Token': String(login.headers['x-subject-token']) },
    })

  beforeAll(async () => {
    started.swift = await startSwift({ named: true })
    started.front = await startFront({ hosts: started.swift.hosts })
    // The first time on a machine, it is installed.
  }, 300_000)

  afterAll(async () => {
    const pids = swift().processes.map(({ pid }) => pid())
    expect(pids.map(isAlive)).toEqual(pids.map(() => true))
    await Promise.all([front().stop(), swift().stop()])
    expect(pids.map(isAlive)).toEqual(pids.map(() => false))
  })

  it('is where the catalogue says, for a user with a password', async () => {
    const login = await logIn(passwordOf('demo', swift().v3.password))
    expect(login.status).toBe(201)
    const { catalog } = login.json()['token'] as Readonly<{ catalog: ReadonlyArray<unknown> }>
    expect(catalog).toContainEqual(
      expect.objectContaining({
        name: 'swift',
        type: 'object-store',
        endpoints: expect.arrayContaining([
          expect.objectContaining({
            interface: 'public',
            region: 'RegionOne',
            url: `https://${openstackNames.objectStore}/v1/AUTH_${swift().v3.projectId}`,
          }),
        ]),
      }),
    )
    expect((await ask('PUT', '/by-password', login)).status).toBe(201)
    expect((await ask('HEAD', '/by-password', login)).status).toBe(204)
    expect((await ask('DELETE', '/by-password', login)).status).toBe(204)
    expect((await ask('HEAD', '/by-password', login)).status).toBe(404)
  })

  it('lets an application credential in', async () => {
    const { id, secret } = swift().v3.applicationCredential
    const identity = { methods: ['application_credential'], application_credential: { id, secret } }
    const login = await logIn({ identity })
    expect(login.status).toBe(201)
    expect((await ask('PUT', '/by-credential', login)).status).toBe(201)
    expect(
      (await logIn({ identity: { ...identity, application_credential: { id, secret: 'no' } } }))
        .status,
    ).toBe(401)
  })

  it('refuses a wrong password, and a user without the role', async () => {
    expect((await logIn(passwordOf('demo', 'wrong'))).status).toBe(401)
    const login = await logIn(passwordOf('reader', swift().reader.password))
    expect(login.status).toBe(201)
    expect((await ask('PUT', '/by-reader', login)).status).toBe(403)
  })

  it('refuses a token that was ended, and takes the next one', async () => {
    const logInAgain = (): Promise<NetworkAnswer> => logIn(passwordOf('demo', swift().v3.password))
    const first = await logInAgain()
    expect((await ask('GET', '', first)).status).toBe(200)
    await swift().endTokens()
    expect((await ask('GET', '', first)).status).toBe(401)
    expect((await ask('GET', '', await logInAgain())).status).toBe(200)
  })

  it('takes auth v1 as well', async () => {
    const { authUrl, user, password } = swift().v1
    const login = await fetch(authUrl, { headers: { 'X-Auth-User': user, 'X-Auth-Key': password } })
    const token = login.headers.get('x-auth-token') ?? ''
    const url = `${login.headers.get('x-storage-url')}/by-v1`
    const made = await fetch(url, { method: 'PUT', headers: { 'X-Auth-Token': token } })
    expect(made.status).toBe(201)
  })

  it('shows what is in it to whoever looks in from the side', async () => {
    await swift().ask('PUT', '/looked-at')
    await swift().ask('PUT', '/looked-at/object', { body: 'content' })
    expect(await (await swift().ask('GET', '/looked-at')).text()).toBe('object\n')
    expect((await swift().ask('DELETE', '/looked-at')).status).toBe(409)
  })
})

describe('Azure', () => {
  const started: { azure?: Azure; front?: Front } = {}
  const front = (): Front => started.front as Front
  const azure = (): Azure => started.azure as Azure
  const tenant = (): string => `https://login.microsoftonline.com/${azure().principal.tenantId}`
  const logIn = (
    proof: Readonly<Record<string, string>>,
    audience: string,
  ): Promise<NetworkAnswer> =>
    requestThrough(front(), {
      url: `${tenant()}/oauth2/v2.0/token`,
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: azure().principal.clientId,
        scope: `${audience}/.default`,
        ...proof,
      }).toString(),
    })
  const management = 'https://management.azure.com'
  const ask = async (method: string, path: string, body?: unknown): Promise<NetworkAnswer> => {
    const login = await logIn({ client_secret: azure().principal.clientSecret }, management)
    return requestThrough(front(), {
      url: path.startsWith('https://') ? path : `${management}${path}`,
      method,
      headers: { Authorization: `Bearer ${String(login.json()['access_token'])}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }
  const inGroup = (provider: string, version: string): string =>
    `/subscriptions/${azure().subscription}/resourceGroups/${azure().group}/providers/${provider}?api-version=${version}`
  const account = (name: string): string =>
    inGroup(`Microsoft.Storage/storageAccounts/${name}`, '2023-05-01')
  const untilDone = async (begun: NetworkAnswer): Promise<NetworkAnswer> => {
    const answer = await ask('GET', begun.headers.location ?? '')
    if (answer.status !== 202) return answer
    await sleep(200)
    return untilDone(begun)
  }
  const wanted = { kind: 'StorageV2', sku: { name: 'Standard_LRS' }, location: 'eastus' }

  beforeAll(async () => {
    // Long enough to look while it lasts, on a machine that is busy.
    started.azure = await startAzure({ operationMs: 2_000 })
    started.front = await startFront({ hosts: started.azure.hosts })
  })

  afterAll(async () => {
    const pid = azure().server.pid()
    expect(isAlive(pid)).toBe(true)
    await Promise.all([front().stop(), azure().stop()])
    expect(isAlive(pid)).toBe(false)
  })

  it('gives tokens for the secret or for a token of the cluster, and for nothing else', async () => {
    const assertion = {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: azure().federatedToken(),
    }
    expect((await logIn(assertion, management)).json()).toMatchObject({ token_type: 'Bearer' })
    expect((await logIn({ ...assertion, client_assertion: 'a.b.c' }, management)).status).toBe(401)
    expect((await logIn({ client_secret: 'wrong' }, management)).json()).toMatchObject({
      error: 'invalid_client',
    })
    const configuration = `${tenant()}/v2.0/.well-known/openid-configuration`
    expect((await requestThrough(front(), { url: configuration })).json()).toMatchObject({
      token_endpoint: `${tenant()}/oauth2/v2.0/token`,
    })
    const url = `${management}${account('nobody1')}`
    expect((await requestThrough(front(), { url })).status).toBe(401)
  })

  it('makes a storage account, in its time, that blobs can be put in and that takes them along', async () => {
    const begun = await ask('PUT', account('made1'), { ...wanted, tags: { one: '1' } })
    expect(begun.status).toBe(202)
    expect((await ask('GET', account('made1'))).status).toBe(404)
    expect((await untilDone(begun)).json()).toMatchObject({
      name: 'made1',
      tags: { one: '1' },
      properties: { provisioningState: 'Succeeded' },
    })
    const keys = await ask('POST', account('made1').replace('?', '/listKeys?'))
    expect(keys.json()['keys']).toMatchObject([{ value: azure().keyOf('made1') }, {}])
    const container = '/things?restype=container'
    expect((await azure().askBlobs('made1', 'PUT', container)).status).toBe(201)
    expect((await azure().askBlobs('made1', 'PUT', '/things/a/b', 'content')).status).toBe(201)
    expect((await azure().askBlobs('made1', 'GET', '/things/a/b')).text).toBe('content')
    expect((await ask('DELETE', account('made1'))).status).toBe(200)
    expect((await ask('DELETE', account('made1'))).status).toBe(204)
    await untilDone(await ask('PUT', account('made1'), wanted))
    expect((await azure().askBlobs('made1', 'GET', container)).status).toBe(404)
  })

  it('knows blobs under the name of the account, with a token for them, if there is the account', async () => {
    await azure().addAccount('named1')
    const proof = { client_secret: azure().principal.clientSecret }
    const login = await logIn(proof, 'https://storage.azure.com')
    const read = (name: string, token: NetworkAnswer): Promise<NetworkAnswer> =>
      requestThrough(front(), {
        url: `https://${name}.blob.core.windows.net/?comp=list`,
        headers: {
          Authorization: `Bearer ${String(token.json()['access_token'])}`,
          'x-ms-version': '2024-05-04',
        },
      })
    expect((await read('named1', login)).status).toBe(200)
    expect((await read('named1', await logIn(proof, management))).status).toBe(403)
    await expect(read('missing1', login)).rejects.toThrow()
  })

  it('says whether a name is free', async () => {
    await azure().addAccount('taken1')
    azure().takeName('taken2')
    const path = `/subscriptions/${azure().subscription}/providers/Microsoft.Storage/checkNameAvailability?api-version=2023-05-01`
    const check = async (name: string): Promise<unknown> =>
      (await ask('POST', path, { name, type: 'Microsoft.Storage/storageAccounts' })).json()
    expect(await check('free1')).toEqual({ nameAvailable: true })
    expect(await check('taken1')).toMatchObject({ reason: 'AlreadyExists' })
    expect(await check('taken2')).toMatchObject({ reason: 'AlreadyExists' })
    expect(await check('Not-A-Name')).toMatchObject({ reason: 'AccountNameInvalid' })
  })

  it('refuses what the published API refuses', async () => {
    const put = async (path: string, body: unknown): Promise<readonly [number, unknown]> => {
      const answer = await ask('PUT', path, body)
      return [answer.status, (answer.json()['error'] as Record<string, unknown>)['code']]
    }
    const path = account('refused1')
    expect(await put(path.replace(/\?.*/, ''), wanted)).toEqual([400, 'MissingApiVersionParameter'])
    expect(await put(path, { ...wanted, sku: {} })).toEqual([400, 'InvalidRequestContent'])
    expect(await put(path, { ...wanted, properties: { colour: 'red' } })).toEqual([
      400,
      'InvalidRequestContent',
    ])
    expect(await put(path.replace(azure().group, 'other'), wanted)).toEqual([
      404,
      'ResourceGroupNotFound',
    ])
    expect(
      azure()
        .resources.all()
        .map(({ name }) => name),
    ).not.toContain('refused1')
  })

  it('makes a private endpoint with an address, and refuses one into nowhere', async () => {
    const network = azure().addNetwork({ name: 'network1', subnet: 'workers' })
    const { id: target } = await azure().addAccount('private1')
    const endpoint = (subnet: string): unknown => ({
      location: 'eastus',
      properties: {
        customNetworkInterfaceName: 'endpoint1-nic',
        subnet: { id: `${network}/subnets/${subnet}` },
        privateLinkServiceConnections: [
          { name: 'endpoint1', properties: { privateLinkServiceId: target, groupIds: ['blob'] } },
        ],
      },
    })
    const path = inGroup('Microsoft.Network/privateEndpoints/endpoint1', '2024-05-01')
    expect((await ask('PUT', path, endpoint('elsewhere'))).json()).toMatchObject({
      error: { code: 'InvalidResourceReference' },
    })
    const begun = await ask('PUT', path, endpoint('workers'))
    expect(begun.json()).toMatchObject({ properties: { provisioningState: 'Updating' } })
    const status = begun.headers['azure-asyncoperation']
    await expect
      .poll(async () => (await ask('GET', String(status))).json(), { timeout: 30_000 })
      .toEqual({ status: 'Succeeded' })
    const interfaces = inGroup('Microsoft.Network/networkInterfaces/endpoint1-nic', '2024-05-01')
    expect((await ask('GET', interfaces)).json()).toMatchObject({
      properties: { ipConfigurations: [{ properties: { privateIPAddress: '10.0.1.4' } }] },
    })
    expect((await untilDone(await ask('DELETE', path))).status).toBe(204)
    expect((await ask('GET', interfaces)).status).toBe(404)
  })
})
