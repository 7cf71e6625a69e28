import { request, createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'

import type { StorageTarget } from '@image-registry-operator/render/model'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { agents } from './agents'
import { selfSigned } from './testing/self-signed'

const usual = getCACertificates('default')
let ours = ''
let port = 0
let close: () => Promise<unknown> = async () => undefined

beforeAll(async () => {
  const { certificate, privateKey } = await selfSigned()
  ours = certificate
  const server = createServer({ cert: certificate, key: privateKey }, (_request, response) => {
    response.end('hello')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on an address has one with a port.
  port = (server.address() as AddressInfo).port
  close = () => new Promise((resolve) => server.close(resolve))
})
afterAll(() => close())
afterEach(() => setDefaultCACertificates(usual))

/** What comes of a request to a server that only we have signed for: its code, or the code of the failure. */
const asked = (authorities: StorageTarget['authorities']): Promise<unknown> => {
  const proxy = { http: '', https: '', noProxy: '' }
  const { https: agent } = agents({ authorities, proxy }, '127.0.0.1')
  return new Promise((resolve) => {
    const asking = request({ host: '127.0.0.1', port, agent }, (answer) => {
      answer.resume()
      answer.on('end', () => {
        agent.destroy()
        resolve(answer.statusCode)
      })
    })
    asking.on('error', (cause) => resolve('code' in cause ? cause.code : cause))
    asking.end()
  })
}

const UNKNOWN = 'DEPTH_ZERO_SELF_SIGNED_CERT'

describe('the host of a cloud', () => {
  it('is not believed when nobody whom we trust has signed for it', async () => {
    expect(await asked({ pem: '', isOnly: false })).toBe(UNKNOWN)
  })

  it('is believed when the Config names who has', async () => {
    expect(await asked({ pem: ours, isOnly: false })).toBe(200)
    expect(await asked({ pem: ours, isOnly: true })).toBe(200)
  })

  it('is believed when this process trusts who has, and the Config names nobody, or others besides', async () => {
    const { certificate: another } = await selfSigned()
    setDefaultCACertificates([...usual, ours])
    expect(await asked({ pem: '', isOnly: false })).toBe(200)
    expect(await asked({ pem: another, isOnly: false })).toBe(200)
    expect(await asked({ pem: another, isOnly: true })).toBe(UNKNOWN)
  })
})
