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
