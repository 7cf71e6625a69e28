import { generateKeyPairSync, verify } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { JsonObject } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import * as T from 'fp-ts/Task'
import { describe, expect, it, onTestFinished } from 'vitest'

import { storageCaller } from '../storage-call'
import type { GoogleClient, GoogleRequest } from './gcs-client'
import { gcsError } from './gcs-error'
import { googleApi } from './google-api'
import { failedRequest } from './google-failure'
import { newTokens } from './google-token'
import { keptTokens } from './kept-tokens'

const START = 1_800_000_000_000
const STS = 'https://sts.googleapis.com/v1/token'
const OAUTH = 'https://oauth2.googleapis.com/token'
const IMPERSONATION = 'https://iamcredentials.googleapis.com/v1/a:generateAccessToken'

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const PEM = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

const keyDocument = (changes: JsonObject = {}): string =>
  JSON.stringify({
    type: 'service_account',
    client_email: 'a@p.iam.gserviceaccount.com',
    private_key: PEM,
    private_key_id: 'k1',
    ...changes,
  })

type Answer = (request: GoogleRequest) => JsonObject | Error

/** Google as its answers show it, at a time that the test sets. */
const google = (answer: Answer) => {
  const requests: GoogleRequest[] = []
  let nowMs = START
  const client: GoogleClient = {
    send: (request) => async () => {
      requests.push(request)
      const said = answer(request)
      return said instanceof Error ? Promise.reject(said) : said
    },
    close: () => undefined,
  }
  const call = storageCaller(
    {
      wait: () => T.of(undefined),
      random: () => 0.5,
      timeoutMs: 1_000,
      onCall: () => () => undefined,
    },
    'Gcs',
    gcsError,
  )
  return {
    deps: { client, call, now: () => nowMs, readText: (path: string) => readFile(path, 'utf8') },
    requests,
    pass: (ms: number) => {
      nowMs += ms
    },
  }
}

const refusal = (status: number, answer: JsonObject = {}) =>
  failedRequest({ _tag: 'Refused', status, answer, retryAfterMs: 0 })

const tokenFor = async (deps: ReturnType<typeof google>['deps'], document: string) => {
  const tokens = newTokens(deps, document)
  return E.isLeft(tokens) ? tokens : tokens.right('scope-a')()
}

const formOf = (request: GoogleRequest | undefined) =>
  request?.content?._tag === 'Form' ? request.content.fields : {}

const decoded = (part = ''): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())

describe('the key of a service account', () => {
  it('signs for a token, which is used until shortly before its end', async () => {
    const { deps, requests } = google(() => ({ access_token: 'ya29.a', expires_in: 3600 }))
    expect(await tokenFor(deps, keyDocument())).toEqual(
      E.right({ value: 'ya29.a', untilMs: START + 3_480_000 }),
    )
    expect(requests.map(({ url, token }) => [url.href, token])).toEqual([[OAUTH, '']])
    const [head = '', claims = '', signature = ''] = (formOf(requests[0])['assertion'] ?? '').split(
      '.',
    )
    expect(decoded(head)).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'k1' })
    expect(decoded(claims)).toEqual({
      iss: 'a@p.iam.gserviceaccount.com',
      scope: 'scope-a',
      aud: OAUTH,
      iat: START / 1000,
      exp: START / 1000 + 3600,
    })
    const signed = Buffer.from(`${head}.${claims}`)
    expect(verify('sha256', signed, pair.publicKey, Buffer.from(signature, 'base64url'))).toBe(true)
  })

  it.each(['no PEM at all', PEM.slice(0, 200)])('has to be one: %j', async (private_key) => {
    const { deps, requests } = google(() => ({}))
    const token = await tokenFor(deps, keyDocument({ private_key }))
    expect(token).toMatchObject({
      left: {
        _tag: 'CredentialsRefused',
        message: 'its private_key is not the PEM of an RSA key',
      },
    })
    expect(requests).toEqual([])
  })

  it('that nobody gives tokens for does not say that a storage is not there', async () => {
    const { deps } = google(() => refusal(404, { error: { code: 404, message: 'none' } }))
    expect(await tokenFor(deps, keyDocument())).toMatchObject({
      left: { _tag: 'CredentialsRefused', operation: 'oauth2.token', code: '404' },
    })
  })

  it('may be refused', async () => {
    const { deps, requests } = google(() => refusal(400, { error: 'invalid_grant' }))
    expect(await tokenFor(deps, keyDocument())).toMatchObject({
      left: { _tag: 'CredentialsRefused', operation: 'oauth2.token', code: 'invalid_grant' },
    })
    expect(requests).toHaveLength(1)
  })

  it('is tried again while nothing that can be read is said to it', async () => {
    const { deps, requests } = google(() => ({ id_token: 'not this one' }))
    expect(await tokenFor(deps, keyDocument())).toMatchObject({ left: { _tag: 'StorageFailed' } })
    expect(requests.length).toBeGreaterThan(1)
  })
})

describe('the token of the cluster', () => {
  const folder = async (): Promise<string> => {
    const path = await mkdtemp(join(tmpdir(), 'token-'))
    onTestFinished(() => rm(path, { recursive: true }))
    return path
  }
  const document = (file: string, changes: JsonObject = {}): string =>
    JSON.stringify({
      type: 'external_account',
      audience: '//iam.googleapis.com/a',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: STS,
      credential_source: { file },
      ...changes,
    })

  it('is read when it is exchanged, not before', async () => {
    const file = join(await folder(), 'token')
    const { deps, requests } = google(() => ({ access_token: 'ya29.b', expires_in: 60 }))
    const tokens = newTokens(deps, document(file))
    await writeFile(file, 'first.jwt.x\n')
    if (E.isRight(tokens)) await tokens.right('scope-a')()
    await writeFile(file, 'second.jwt.x')
    const token = E.isRight(tokens) ? await tokens.right('scope-a')() : tokens
    expect(token).toEqual(E.right({ value: 'ya29.b', untilMs: START + 30_000 }))
    expect(requests.map(formOf)).toEqual(
      ['first.jwt.x', 'second.jwt.x'].map((subject) => ({
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        audience: '//iam.googleapis.com/a',
        scope: 'scope-a',
        requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        subject_token: subject,
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      })),
    )
  })

  it('becomes one of a service account where the document says so', async () => {
    const file = join(await folder(), 'token.json')
    await writeFile(file, '{"id":"a.b.c"}')
    const { deps, requests } = google(({ url }) =>
      url.href === STS
        ? { access_token: 'federated', expires_in: 3600 }
        : { accessToken: 'ya29.c', expireTime: new Date(START + 600_000).toISOString() },
    )
    const format = { type: 'json', subject_token_field_name: 'id' }
    const token = await tokenFor(
      deps,
      document(file, {
        credential_source: { file, format },
        service_account_impersonation_url: IMPERSONATION,
        service_account_impersonation: { token_lifetime_seconds: 600 },
      }),
    )
    expect(token).toEqual(E.right({ value: 'ya29.c', untilMs: START + 480_000 }))
    expect(formOf(requests[0])).toMatchObject({
      subject_token: 'a.b.c',
      scope: 'https://www.googleapis.com/auth/cloud-platform',
    })
    expect(requests[1]).toMatchObject({
      token: 'federated',
      content: { value: { scope: ['scope-a'], lifetime: '600s' } },
    })
  })

  it.each([
    ['is not there', undefined, 'ENOENT'],
    ['is empty', '\n', 'has no token in it'],
  ])('may be missing: the file %s', async (_, content, expected) => {
    const file = join(await folder(), 'token')
    if (content !== undefined) await writeFile(file, content)
    const { deps } = google(() => ({}))
    expect(await tokenFor(deps, document(file))).toMatchObject({
      left: { _tag: 'CredentialsRefused', message: expect.stringContaining(expected) },
    })
  })
})

describe('a token', () => {
  const URL_OF_BUCKET = new URL('https://storage.googleapis.com/storage/v1/b/a')
  const get = { operation: 'storage.buckets.get', method: 'GET', url: URL_OF_BUCKET } as const

  /** Gives token-1, token-2 …; takes those that are not refused. */
  const numbered = (isRefused: (token: string) => boolean) => {
    let given = 0
    return google(({ url, token }) => {
      if (url.href !== OAUTH) return isRefused(token) ? refusal(401) : { token }
      given += 1
      return { access_token: `token-${given}`, expires_in: 3600 }
    })
  }

  const apiOf = ({ deps }: ReturnType<typeof google>, kept = keptTokens(deps.now)) => {
    const document = keyDocument()
    const newToken = newTokens(deps, document)
    if (E.isLeft(newToken)) throw new Error(newToken.left.message)
    const all = { ...deps, newToken: newToken.right, kept, document }
    return (scope: string) => googleApi(all, scope)
  }

  it('is used again by the same scope, until it ends', async () => {
    const world = numbered(() => false)
    const api = apiOf(world)
    expect(await api('scope-a')(get)()).toEqual(E.right({ token: 'token-1' }))
    expect(await api('scope-a')(get)()).toEqual(E.right({ token: 'token-1' }))
    expect(await api('scope-b')(get)()).toEqual(E.right({ token: 'token-2' }))
    world.pass(3_600_000)
    expect(await api('scope-a')(get)()).toEqual(E.right({ token: 'token-3' }))
  })

  it('that was kept and is refused is replaced at once', async () => {
    const refused = new Set<string>()
    const api = apiOf(numbered((token) => refused.has(token)))('scope-a')
    expect(await api(get)()).toEqual(E.right({ token: 'token-1' }))
    refused.add('token-1')
    expect(await api(get)()).toEqual(E.right({ token: 'token-2' }))
    expect(await api(get)()).toEqual(E.right({ token: 'token-2' }))
  })

  it('that is new and refused is the end of it', async () => {
    const world = numbered(() => true)
    expect(await apiOf(world)('scope-a')(get)()).toMatchObject({
      left: { _tag: 'CredentialsRefused', code: '401' },
    })
    expect(world.requests).toHaveLength(2)
  })
})
