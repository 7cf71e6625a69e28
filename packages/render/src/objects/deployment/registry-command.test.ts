import { expect, it } from 'vitest'

import { registryCommand, trustVariables } from './registry-command'

it('puts a trust store together for the registry of OpenShift only', () => {
  expect(JSON.stringify(registryCommand({ _tag: 'OpenShift' }))).toContain('update-ca-trust')
  expect(trustVariables({ _tag: 'OpenShift' })).toEqual([])
})

it('names the folders of authorities to a registry of the distribution project', () => {
  const build = { _tag: 'Distribution', version: [3, 1] } as const
  expect(registryCommand(build)).toEqual({})
  expect(trustVariables(build)).toEqual([
    {
      name: 'SSL_CERT_DIR',
      value:
        '/etc/ssl/certs:/etc/pki/ca-trust/source/anchors:/usr/share/pki/ca-trust-source/anchors',
    },
  ])
})
