import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { temporaryFolder } from '../testing/temporary-folder'
import { parsedControllerConfig, readControllerConfig } from './controller-config'

const DEFAULTS = { bindAddress: ':60000', minTlsVersion: '', cipherSuites: [] }

describe('the controller config', () => {
  it('D15: says where to serve, and with which TLS', async () => {
    const folder = await temporaryFolder({
      'config.yaml': `apiVersion: config.openshift.io/v1
kind: GenericControllerConfig
servingInfo:
  bindAddress: 0.0.0.0:1234
  minTLSVersion: VersionTLS13
  cipherSuites: [TLS_AES_128_GCM_SHA256]
leaderElection: {}
`,
    })
    expect(await readControllerConfig(join(folder, 'config.yaml'))()).toMatchObject({
      right: {
        bindAddress: '0.0.0.0:1234',
        minTlsVersion: 'VersionTLS13',
        cipherSuites: ['TLS_AES_128_GCM_SHA256'],
      },
    })
  })

  it('D15: has the port 60000 where none is said', async () => {
    expect(await readControllerConfig('')()).toMatchObject({ right: DEFAULTS })
    for (const text of ['', '{}', 'servingInfo:', 'servingInfo: {bindAddress: ""}'])
      expect(parsedControllerConfig(text)).toMatchObject({ right: DEFAULTS })
  })

  it.each([
    ['servingInfo: [', /^failed to unmarshal config content: \S/],
    ['- a', /^failed to unmarshal config content: /],
    ['servingInfo: {bindAddress: 5}', /^failed to unmarshal config content: servingInfo/],
    ['servingInfo: {cipherSuites: A}', /^failed to unmarshal config content: servingInfo/],
  ])('D15: says that %j cannot be used', (text, problem) => {
    expect(parsedControllerConfig(text)).toMatchObject({ left: expect.stringMatching(problem) })
  })

  it('D15: says that a file cannot be read', async () => {
    expect(await readControllerConfig('/nowhere/config.yaml')()).toMatchObject({
      left: expect.stringMatching(/^failed to read config file: .*\/nowhere\/config\.yaml/),
    })
  })
})
