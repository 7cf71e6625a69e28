import { selfSigned } from '@image-registry-operator/storage-drivers/testing'
import { expect, it } from 'vitest'

import { redacted } from './redacted'

const secret = (clouds: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'installer-cloud-credentials', namespace: 'openshift-image-registry' },
  data: { 'clouds.yaml': Buffer.from(clouds).toString('base64') },
})

const CLOUDS = `clouds:
  openstack:
    auth:
      auth_url: https://keystone.example.com/v3
      username: me
      password: hunter2
      project_id: 1e3
`

it('tells of a clouds.yaml where the cloud is, and no secret', () => {
  const text = JSON.stringify(redacted(secret(CLOUDS)))
  expect(text).toContain('https://keystone.example.com/v3')
  expect(text).toContain('1e3')
  expect(text).not.toContain('hunter2')
  expect(text).not.toContain(Buffer.from('hunter2').toString('base64').slice(0, 6))
})

it('says that a document cannot be read without a word of what stands in it', () => {
  const text = JSON.stringify(redacted(secret('clouds: {a: *hunter2')))
  expect(text).toContain('is not YAML')
  expect(text).not.toContain('hunter2')
})

it('tells of a certificate for whom and how long it is, and of no key more than whether it fits', async () => {
  const { certificate, privateKey } = await selfSigned()
  const read = (crt: string, key: string) =>
    redacted({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'image-registry-tls', namespace: 'openshift-image-registry' },
      data: {
        'tls.crt': Buffer.from(crt).toString('base64'),
        'tls.key': Buffer.from(key).toString('base64'),
      },
    })
  const said = read(certificate, privateKey)
  expect(said['seen']).toMatchObject({
    'tls.crt': { _tag: 'Certificate', names: ['127.0.0.1'], fits: true, pem: certificate },
  })
  expect(JSON.stringify(said)).not.toContain('PRIVATE KEY')
  const { privateKey: another } = await selfSigned()
  for (const key of [another, 'canary', ''])
    expect(read(certificate, key)['seen']).toMatchObject({ 'tls.crt': { fits: false } })
  expect(read('canary', privateKey)['seen']).toEqual({
    'tls.crt': { _tag: 'Unreadable', problem: 'is no certificate' },
  })
})
