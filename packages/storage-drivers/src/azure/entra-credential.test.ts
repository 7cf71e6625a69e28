// The library of certificates injects its dependencies by metadata that only this makes available.
import 'reflect-metadata'

import { webcrypto } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createHttpHeaders, type HttpClient } from '@azure/core-rest-pipeline'
import { PemConverter, X509CertificateGenerator } from '@peculiar/x509'
import { describe, expect, it, onTestFinished } from 'vitest'

import { someConnection } from '../testing/some-azure'
import type { PrincipalProof } from './azure-identity'
import { entraCredential } from './entra-credential'

const TENANT = '11111111-1111-1111-1111-111111111111'
const HOST = 'https://login.microsoftonline.us'

type Asked = { readonly host: string; readonly sent: URLSearchParams }

/** A place that gives tokens to everybody, and remembers what for. */
const entra = (status = 200) => {
  const asked: Asked[] = []
  const answers = (url: URL): object =>
    url.pathname.endsWith('openid-configuration')
      ? {
          token_endpoint: `${url.origin}/${TENANT}/oauth2/v2.0/token`,
          issuer: `${url.origin}/${TENANT}/v2.0`,
          authorization_endpoint: `${url.origin}/${TENANT}/oauth2/v2.0/authorize`,
          end_session_endpoint: `${url.origin}/${TENANT}/oauth2/v2.0/logout`,
          jwks_uri: `${url.origin}/${TENANT}/discovery/v2.0/keys`,
        }
      : { token_type: 'Bearer', expires_in: 3600, ext_expires_in: 3600, access_token: 'a-token' }
  const isGood = ({ pathname }: URL) => status === 200 || !pathname.endsWith('/token')
  const http: HttpClient = {
    sendRequest: async (request) => {
      const url = new URL(request.url)
      asked.push({ host: url.origin, sent: new URLSearchParams(String(request.body ?? '')) })
      return {
        request,
        status: isGood(url) ? 200 : status,
        headers: createHttpHeaders({ 'content-type': 'application/json' }),
        bodyAsText: JSON.stringify(
          isGood(url) ? answers(url) : { error: 'temporarily_unavailable' },
        ),
      }
    },
  }
  return { http, asked, proofs: () => asked.filter(({ sent }) => sent.has('grant_type')) }
}

const tokenFor = (proof: PrincipalProof, http: HttpClient, abortSignal?: AbortSignal) =>
  entraCredential(
    {
      _tag: 'Principal',
      tenantId: TENANT,
      clientId: 'client',
      subscriptionId: 's',
      resourceGroup: 'rg',
      region: '',
      proof,
    },
    { ...someConnection, authority: `${HOST}/` },
    { http: async () => http, memory: { tokens: new Map(), now: () => 0 } },
  ).getToken(
    'https://management.usgovcloudapi.net//.default',
    abortSignal === undefined ? {} : { abortSignal },
  )

const file = async (text: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'entra-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'file')
  await writeFile(path, text)
  return path
}

/** A certificate with its key, of the kind that Entra takes. */
const certified = async (): Promise<string> => {
  const name = 'RSASSA-PKCS1-v1_5'
  const algorithm = { name, hash: 'SHA-256', modulusLength: 2048 }
  const publicExponent = new Uint8Array([1, 0, 1])
  const keys = await webcrypto.subtle.generateKey({ ...algorithm, publicExponent }, true, [
    'sign',
    'verify',
  ])
  const certificate = await X509CertificateGenerator.createSelfSigned({ name: 'CN=test', keys })
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  return `${PemConverter.encode(key, 'PRIVATE KEY')}\n${certificate.toString('pem')}\n`
}

const headerOf = (token: string | null): unknown =>
  JSON.parse(Buffer.from((token ?? '').split('.')[0] ?? '', 'base64url').toString('utf8'))

describe('a principal shows himself', () => {
  it('with his secret, to his own cloud and to nobody else', async () => {
    const { http, asked, proofs } = entra()
    const token = await tokenFor({ _tag: 'ClientSecret', secret: 'a-secret' }, http)
    expect(token?.token).toBe('a-token')
    expect(new Set(asked.map(({ host }) => host))).toEqual(new Set([HOST]))
    const [proof] = proofs()
    expect(proof?.sent.get('client_secret')).toBe('a-secret')
    expect(proof?.sent.get('scope')).toContain('https://management.usgovcloudapi.net//.default')
  })

  it('with the token that is in a file now', async () => {
    const path = await file('first\n')
    const { http, proofs } = entra()
    await tokenFor({ _tag: 'TokenFile', path }, http)
    await writeFile(path, 'second\n')
    await tokenFor({ _tag: 'TokenFile', path }, http)
    expect(proofs().map(({ sent }) => sent.get('client_assertion'))).toEqual(['first', 'second'])
  })

  it('with the certificate of a managed identity, and all of its chain', async () => {
    const path = await file(
      JSON.stringify({
        clientID: 'identity',
        tenantID: TENANT,
        clientSecret: Buffer.from(await certified()).toString('base64'),
        authenticationEndpoint: 'https://login.microsoftonline.de/',
      }),
    )
    const { http, asked, proofs } = entra()
    await tokenFor({ _tag: 'IdentityFile', path }, http)
    const [proof] = proofs()
    expect(proof?.sent.get('client_id')).toBe('identity')
    expect(headerOf(proof?.sent.get('client_assertion') ?? null)).toHaveProperty('x5c')
    expect(asked.every(({ host }) => host === 'https://login.microsoftonline.de')).toBe(true)
  })
})

describe('no token', () => {
  it('is blamed on the service where that has failed', async () => {
    const { http } = entra(503)
    await expect(tokenFor({ _tag: 'ClientSecret', secret: 'x' }, http)).rejects.toMatchObject({
      statusCode: 503,
    })
  })

  it('is blamed on the network where nobody answers', async () => {
    const http: HttpClient = {
      sendRequest: () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNRESET' })),
    }
    await expect(tokenFor({ _tag: 'ClientSecret', secret: 'x' }, http)).rejects.toMatchObject({
      code: 'ECONNRESET',
    })
  })

  it('is awaited no longer than whoever asks for it waits', async () => {
    const { http } = entra()
    const ending = new AbortController()
    const silent: HttpClient = {
      sendRequest: (request) => {
        if (!new URL(request.url).pathname.endsWith('/token')) return http.sendRequest(request)
        return new Promise((_, reject) => {
          request.abortSignal?.addEventListener('abort', () => {
            reject(Object.assign(new Error('it was ended'), { name: 'AbortError' }))
          })
          ending.abort()
        })
      },
    }
    const token = tokenFor({ _tag: 'ClientSecret', secret: 'x' }, silent, ending.signal)
    await expect(token).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('is blamed on a file that tells nothing, without quoting it', async () => {
    const path = await file('{"clientSecret":"not-to-be-seen"}')
    const told = await tokenFor({ _tag: 'IdentityFile', path }, entra().http).catch(String)
    expect(told).toMatch(/managed identity/)
    expect(told).not.toContain('not-to-be-seen')
  })
})
