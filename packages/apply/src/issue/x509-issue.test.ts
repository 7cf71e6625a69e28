import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { connect, createServer, type TLSSocket } from 'node:tls'

import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import type { IssuedPair, IssueMaterial } from '../perform/perform-deps'
import { x509Issue } from './x509-issue'

const NOW = Date.now()
const DAY = 86_400_000

const AUTHORITY = { commonName: 'signer', names: [], days: 3650, issue: 1 }
const SERVING = {
  commonName: 'registry.svc',
  names: ['registry.svc', '*.example.com', '127.0.0.1', 'fd00::7'],
  days: 90,
  issue: 1,
}

const tried = (request: typeof AUTHORITY | typeof SERVING, given: IssueMaterial, atMs = NOW) =>
  x509Issue({ wallMs: () => atMs })(request, given)()

const issued = async (
  request: typeof AUTHORITY | typeof SERVING,
  given: IssueMaterial = {},
  atMs = NOW,
): Promise<IssuedPair> => {
  const result = await tried(request, given, atMs)
  if (E.isLeft(result)) throw new Error(result.left)
  return result.right
}

/** What a client says that trusts one certificate only, of a server with another. */
const accepted = async (
  { certificate, key }: IssuedPair,
  ca: string,
  servername = 'registry.svc',
): Promise<string> => {
  const server = createServer({ cert: certificate, key }, (socket) => socket.end('hello'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const said = await new Promise<string>((resolve) => {
    const socket: TLSSocket = connect({ host: '127.0.0.1', port, ca, servername }, () => {
      socket.on('data', (data: Buffer) => resolve(data.toString()))
    })
    socket.on('error', (error: Error) => resolve(`refused: ${error.message}`))
  })
  await new Promise((resolve) => server.close(resolve))
  return said
}

describe('a certificate that is issued', () => {
  it('is accepted by who trusts its authority, for the names that it is for, and by nobody else', async () => {
    const authority = await issued(AUTHORITY)
    const leaf = await issued(SERVING, { authority })
    expect(await accepted(leaf, authority.certificate)).toBe('hello')
    expect(await accepted(leaf, authority.certificate, 'a.example.com')).toBe('hello')
    expect(await accepted(leaf, authority.certificate, 'other.svc')).toContain('refused')
    const stranger = await issued(AUTHORITY)
    expect(await accepted(leaf, stranger.certificate)).toContain('refused')
  })

  it('says what it was asked to say', async () => {
    const authority = await issued(AUTHORITY)
    const leaf = new X509Certificate((await issued(SERVING, { authority })).certificate)
    expect(leaf.subject).toBe('CN=registry.svc')
    expect(leaf.issuer).toBe('CN=signer')
    expect(leaf.ca).toBe(false)
    expect(leaf.subjectAltName).toBe(
      'DNS:registry.svc, DNS:*.example.com, IP Address:127.0.0.1, IP Address:FD00:0:0:0:0:0:0:7',
    )
    const [from, to] = [Date.parse(leaf.validFrom), Date.parse(leaf.validTo)]
    expect(to - from).toBe(90 * DAY)
    expect(from).toBeLessThan(NOW)
    const root = new X509Certificate(authority.certificate)
    expect(root.ca).toBe(true)
    expect(leaf.checkIssued(root)).toBe(true)
  })

  it('has a key of its own, and a number of its own, each time', async () => {
    const authority = await issued(AUTHORITY)
    const [one, other] = await Promise.all([
      issued(SERVING, { authority }),
      issued(SERVING, { authority }),
    ])
    expect(one.key).not.toBe(other.key)
    const certificates = [one, other].map(({ certificate }) => new X509Certificate(certificate))
    expect(new Set(certificates.map(({ serialNumber }) => serialNumber)).size).toBe(2)
    for (const [at, { key }] of [one, other].entries())
      expect(certificates[at]?.checkPrivateKey(createPrivateKey(key))).toBe(true)
  })
})

describe('an authority that is renewed', () => {
  it('is trusted for what the former one signed, and the former one for what it signs', async () => {
    const former = await issued(AUTHORITY, {}, NOW - 3000 * DAY)
    const next = await issued({ ...AUTHORITY, issue: 2 }, { key: former.key })
    expect(next.key).toBe(former.key)
    expect(next.certificate).not.toBe(former.certificate)
    const before = await issued(SERVING, { authority: former })
    const after = await issued(SERVING, { authority: next })
    expect(await accepted(before, next.certificate)).toBe('hello')
    expect(await accepted(after, former.certificate)).toBe('hello')
  })
})

describe('an authority of the users', () => {
  it.each([
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey],
    ['P-384', generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey],
  ])('may have a key of %s, written as they like', async (_kind, privateKey) => {
    const type = privateKey.asymmetricKeyType === 'rsa' ? 'pkcs1' : 'sec1'
    const key = privateKey.export({ type, format: 'pem' }).toString()
    const authority = await issued(AUTHORITY, { key })
    const leaf = await issued(SERVING, { authority: { ...authority, key } })
    expect(await accepted(leaf, authority.certificate)).toBe('hello')
  })

  it('is told of where it cannot be read, without what stands in it', async () => {
    const authority = await issued(AUTHORITY)
    const edwards = generateKeyPairSync('ed448').privateKey.export({ type: 'pkcs8', format: 'pem' })
    for (const key of ['canary', edwards.toString()]) {
      expect(await tried(SERVING, { authority: { ...authority, key } })).toEqual(
        E.left('the key of the authority cannot be read; correct it'),
      )
      expect(await tried(AUTHORITY, { key })).toEqual(
        E.left('its key cannot be read; correct it, or remove it'),
      )
    }
    expect(await tried(SERVING, { authority: { ...authority, certificate: 'canary' } })).toEqual(
      E.left('the certificate of the authority cannot be read; correct it'),
    )
  })
})
