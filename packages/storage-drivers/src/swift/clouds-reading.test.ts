import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { describe, expect, it } from 'vitest'

import { cloudsReading, cloudsSecret } from './clouds-reading'

const clouds = (entry: object): string => `clouds:\n  mine: ${JSON.stringify(entry)}\n`

describe('what a clouds.yaml says of a cloud', () => {
  it('is all but its secret values', () => {
    const text = `clouds:
  mine:
    auth:
      auth_url: https://me:0123@keystone:5000/v3
      username: me
      password: 0123
      project_name: demo
      project_id: 1e3
      user_domain_name: Default
      domain_id: here
    region_name: RegionOne
    identity_api_version: 3
`
    const reading = cloudsReading(text, 'mine')
    expect(reading).toEqual(
      E.right({
        authUrl: 'https://keystone:5000/v3',
        tenant: 'demo',
        tenantId: '1e3',
        domain: 'Default',
        domainId: 'here',
        region: 'RegionOne',
        authVersion: '3',
        forms: ['password'],
      }),
    )
    expect(JSON.stringify(reading)).not.toContain('0123')
  })

  it('is empty where it says nothing', () => {
    expect(cloudsReading(clouds({ region_name: '' }), 'mine')).toEqual(
      E.right({
        authUrl: '',
        tenant: '',
        tenantId: '',
        domain: '',
        domainId: '',
        region: '',
        authVersion: '',
        forms: [],
      }),
    )
  })

  it.each([
    [
      { application_credential_id: 'i', application_credential_secret: 's' },
      ['application-credential'],
    ],
    [{ application_credential_name: 'n', application_credential_secret: 's' }, []],
    [
      { application_credential_name: 'n', application_credential_secret: 's', user_id: 'u' },
      ['application-credential'],
    ],
    [{ token: 't', username: 'u', password: 'p' }, ['token', 'password']],
    [{ username: 'u' }, []],
  ])('has complete credentials in %j of the forms %j', (auth, forms) => {
    expect(cloudsReading(clouds({ auth }), 'mine')).toMatchObject(E.right({ forms }))
  })

  it.each(['', 'clouds: {', 'clouds: {other: {auth: {}}}', '- 1'])('is nothing in %j', (text) => {
    expect(E.isLeft(cloudsReading(text, 'mine'))).toBe(true)
  })
})

describe('a secret value of a clouds.yaml', () => {
  it('is the text that is written there', () => {
    const text = 'clouds: {mine: {auth: {password: 0123, token: ""}}}'
    expect(cloudsSecret(text, 'mine', 'password')).toEqual(O.some('0123'))
    expect(cloudsSecret(text, 'mine', 'token')).toEqual(O.none)
    expect(cloudsSecret(text, 'mine', 'username')).toEqual(O.none)
    expect(cloudsSecret(text, 'other', 'password')).toEqual(O.none)
    expect(cloudsSecret('clouds: {', 'mine', 'password')).toEqual(O.none)
  })
})
