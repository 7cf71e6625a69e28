import { request as httpsRequest } from 'node:https'
import { join } from 'node:path'
import { connect, type ConnectionOptions } from 'node:tls'

import * as E from 'fp-ts/Either'
import { describe, expect, it, onTestFinished } from 'vitest'

import { selfSigned, type SelfSigned } from '@image-registry-operator/storage-drivers/testing'
import { temporaryFolder } from '../testing/temporary-folder'
import { startHealthServer } from './health-server'
import { metrics } from './metrics'
import { serving, type ServingOptions } from './serving'

type Files = SelfSigned & { readonly options: ServingOptions }

const files = async (servingInfo: object = {}): Promise<Files> => {
  const pair = await selfSigned()
  const folder = await temporaryFolder({
    'tls.crt': pair.certificate,
    'tls.key': pair.privateKey,
    'config.yaml': JSON.stringify({ servingInfo: { bindAddress: '127.0.0.1:0', ...servingInfo } }),
  })
  return {
    ...pair,
    options: {
      bindAddress: '127.0.0.1:0',
      config: join(folder, 'config.yaml'),
      tlsCertFile: join(folder, 'tls.crt'),
      tlsKeyFile: join(folder, 'tls.key'),
    },
  }
}

const started = async (options: ServingOptions): Promise<string> => {
  const decided = await serving(options)()
  if (E.isLeft(decided)) throw new Error(decided.left)
  const deps = { metrics: metrics('1'), ready: () => true }
  const server = await startHealthServer(deps)(decided.right)()
  if (E.isLeft(server)) throw new Error('it does not listen')
  onTestFinished(server.right.close)
  return server.right.address
}

const where = (address: string) => {
  const [host = '', port = ''] = address.split(':')
  return { host, port: Number(port) }
}

/** The protocol that a client ends up with; undefined when it is turned away. */
const protocolFor = (address: string, options: ConnectionOptions): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ ...where(address), rejectUnauthorized: false, ...options }, () => {
      resolve(socket.getProtocol() ?? undefined)
      socket.destroy()
    })
    socket.on('error', () => resolve(undefined))
  })

const get = (
  address: string,
  path: string,
  tls: ConnectionOptions,
): Promise<{ readonly code: number | undefined; readonly version: string }> =>
  new Promise((resolve, reject) => {
    httpsRequest({ ...where(address), path, agent: false, ...tls }, (response) => {
      response.resume()
      resolve({ code: response.statusCode, version: response.httpVersion })
    })
      .on('error', reject)
      .end()
  })

describe('serving over HTTPS', () => {
  it('D14: takes TLS 1.2 and 1.3, and speaks HTTP/1.1', async () => {
    const { options, certificate } = await files()
    const address = await started(options)
    expect(await protocolFor(address, { maxVersion: 'TLSv1.2' })).toBe('TLSv1.2')
    expect(await protocolFor(address, {})).toBe('TLSv1.3')
    expect(await protocolFor(address, { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' })).toBe(
      undefined,
    )
    expect(await get(address, '/metrics', { ca: certificate })).toEqual({
      code: 200,
      version: '1.1',
    })
  })

  it('D14: turns TLS 1.2 away when it has to be 1.3', async () => {
    const { options } = await files({ minTLSVersion: 'VersionTLS13' })
    const address = await started(options)
    expect(await protocolFor(address, { maxVersion: 'TLSv1.2' })).toBe(undefined)
    expect(await protocolFor(address, {})).toBe('TLSv1.3')
  })

  it('takes no other ciphers than those that are named, and TLS 1.3 all the same', async () => {
    const { options } = await files({
      cipherSuites: ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'TLS_RSA_WITH_RC4_128_SHA'],
    })
    const address = await started(options)
    const with12 = (ciphers: string) => protocolFor(address, { maxVersion: 'TLSv1.2', ciphers })
    expect(await with12('ECDHE-ECDSA-AES128-GCM-SHA256')).toBe('TLSv1.2')
    expect(await with12('ECDHE-ECDSA-AES256-GCM-SHA384')).toBe(undefined)
    expect(await protocolFor(address, {})).toBe('TLSv1.3')
  })

  it('shows metrics to clients that are known only, where their authority is named', async () => {
    const client = await selfSigned()
    const folder = await temporaryFolder({ 'ca.crt': client.certificate })
    const { options, certificate } = await files()
    const address = await started({ ...options, metricsClientCa: join(folder, 'ca.crt') })
    const stranger = await selfSigned()
    const code = async (path: string, tls: ConnectionOptions) =>
      (await get(address, path, { ca: certificate, ...tls })).code
    const as = ({ certificate: cert, privateKey: key }: SelfSigned) => ({ cert, key })
    expect(await code('/metrics', {})).toBe(401)
    expect(await code('/metrics', as(stranger))).toBe(401)
    expect(await code('/metrics', as(client))).toBe(200)
    expect(await code('/healthz', {})).toBe(200)
  })
})

describe('what cannot be served', () => {
  it.each([
    [{ minTLSVersion: 'VersionTLS99' }, 'failed to parse min tls version: '],
    [{ cipherSuites: ['TLS_NO'] }, 'failed to parse cipher suite TLS_NO: '],
  ])('D14: %j', async (servingInfo, problem) => {
    const { options } = await files(servingInfo)
    expect(await serving(options)()).toMatchObject({
      left: expect.stringContaining(`failed to run metrics server: ${problem}`),
    })
  })

  it('is a certificate that is not there, or does not fit its key', async () => {
    const { options } = await files()
    const { tlsKeyFile } = (await files()).options
    const problem = expect.stringContaining(
      'failed to run metrics server: failed to load TLS certificate: ',
    ) as string
    if (tlsKeyFile === undefined) throw new Error('no key')
    expect(await serving({ ...options, tlsKeyFile })()).toMatchObject({ left: problem })
    expect(await serving({ ...options, tlsCertFile: '/nowhere' })()).toMatchObject({
      left: problem,
    })
    expect(await serving({ bindAddress: ':0', config: '' })()).toMatchObject({ left: problem })
  })
})

it('is plain HTTP where no flag asks for more', async () => {
  expect(await serving({ bindAddress: ':8080' })()).toMatchObject({ right: { address: ':8080' } })
  const { options } = await files()
  const { config: _config, ...certificateOnly } = options
  expect(await serving(certificateOnly)()).toMatchObject({
    right: { address: '127.0.0.1:0', tls: { minVersion: 'TLSv1.2' } },
  })
})
