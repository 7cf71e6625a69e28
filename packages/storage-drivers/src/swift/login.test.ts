import type { SwiftConnection } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { swiftAccess, type SwiftAccessGiven } from '../testing/swift-access'
import { login } from './login'

const PASSWORD = '0123-not-to-be-seen'
const person = { username: 'me', password: PASSWORD }

const asks = (
  connection: Partial<SwiftConnection>,
  { form, values }: Pick<SwiftAccessGiven, 'form' | 'values'> = {
    form: 'password',
    values: person,
  },
) => {
  const access = swiftAccess({ connection, form, values })
  const { connection: whole } = access.target
  if (whole._tag !== 'Swift') throw new Error('not Swift')
  const result = login(access, whole)
  return E.isLeft(result)
    ? result
    : E.right({
        version: result.right.version,
        url: result.right.url.href,
        region: result.right.region,
        sent: result.right.body === '' ? result.right.headers : bodyOf(result.right.body),
      })
}

const bodyOf = (body: string): unknown => JSON.parse(body)

const urlOf = (connection: Partial<SwiftConnection>) => {
  const result = asks(connection)
  return E.isRight(result) ? [result.right.version, result.right.url] : result.left
}

describe('the address says where the credentials go', () => {
  it.each([
    ['http://k:5000', 0, 3, 'http://k:5000/v3/auth/tokens'],
    ['http://k:5000/v3/', 0, 3, 'http://k:5000/v3/auth/tokens'],
    ['https://k/identity/v3', 0, 3, 'https://k/identity/v3/auth/tokens'],
    ['https://k/identity', 3, 3, 'https://k/identity/v3/auth/tokens'],
    ['https://k/identity', 2, 2, 'https://k/identity/v2.0/tokens'],
    ['https://k/identity/v2.0', 3, 2, 'https://k/identity/v2.0/tokens'],
    ['http://k/v2', 0, 2, 'http://k/v2.0/tokens'],
    ['http://k:8080/auth/v1.0', 3, 1, 'http://k:8080/auth/v1.0'],
    ['http://k:8080/v1/auth', 1, 1, 'http://k:8080/v1/auth'],
    ['http://k:8080', 1, 1, 'http://k:8080/auth/v1.0'],
    ['k.example.com:5000', 0, 3, 'http://k.example.com:5000/v3/auth/tokens'],
  ])('%s, version %d: to version %d at %s', (authUrl, authVersion, version, url) => {
    expect(urlOf({ authUrl, authVersion })).toEqual([version, url])
  })

  it.each(['', 'ftp://k', 'http://', 'http://[k'])('but %j says nothing', (authUrl) => {
    expect(urlOf({ authUrl })).toMatchObject({ _tag: 'StorageRefused' })
  })

  it('and no error repeats a password in it', () => {
    const error = urlOf({ authUrl: `ftp://me:${PASSWORD}@k` })
    expect(JSON.stringify(error)).not.toContain(PASSWORD)
  })
})

describe('what is sent is', () => {
  const at = { authUrl: 'http://k/v3' }

  it('a user and a project by their names, in the domain', () => {
    expect(asks({ ...at, domain: 'Default', tenant: 'demo', region: 'R' })).toMatchObject(
      E.right({
        region: 'R',
        sent: {
          auth: {
            identity: { password: { user: { name: 'me', domain: { name: 'Default' } } } },
            scope: { project: { name: 'demo', domain: { name: 'Default' } } },
          },
        },
      }),
    )
  })

  it('a project and a domain by their ids', () => {
    expect(asks({ ...at, domainId: 'd', tenantId: 't' })).toMatchObject(
      E.right({
        sent: {
          auth: {
            identity: { password: { user: { domain: { id: 'd' } } } },
            scope: { project: { id: 't' } },
          },
        },
      }),
    )
  })

  it('an application credential without a project, whatever project the Config names', () => {
    const values = { id: 'i', name: 'n', secret: PASSWORD }
    expect(asks({ ...at, tenant: 'demo' }, { form: 'application-credential', values })).toEqual(
      E.right({
        version: 3,
        url: 'http://k/v3/auth/tokens',
        region: '',
        sent: {
          auth: {
            identity: {
              methods: ['application_credential'],
              application_credential: { id: 'i', secret: PASSWORD },
            },
          },
        },
      }),
    )
  })

  it('to Keystone 2.0 a user or a token, and a tenant', () => {
    const v2 = { authUrl: 'http://k/v2.0', tenant: 'demo' }
    expect(asks(v2)).toMatchObject(
      E.right({ sent: { auth: { passwordCredentials: person, tenantName: 'demo' } } }),
    )
    const token = { form: 'token', values: { token: 'old' } } as const
    expect(asks({ ...v2, tenantId: 't' }, token)).toMatchObject(
      E.right({ sent: { auth: { token: { id: 'old' }, tenantId: 't' } } }),
    )
  })

  it('to Swift itself two headers', () => {
    expect(asks({ authUrl: 'http://k/auth/v1.0' })).toMatchObject(
      E.right({ sent: { 'X-Auth-User': 'me', 'X-Auth-Key': PASSWORD } }),
    )
  })

  it('what a clouds.yaml says, but for what the Config says', () => {
    const auth = {
      auth_url: 'http://file/v3',
      ...person,
      project_id: 'of-the-file',
      user_domain_id: 'of-the-file',
    }
    const clouds = `clouds: {mine: ${JSON.stringify({ auth, region_name: 'R' })}}`
    const credentials = { form: 'clouds', values: { clouds } } as const
    expect(asks({ cloud: 'mine' }, credentials)).toMatchObject(
      E.right({ url: 'http://file/v3/auth/tokens', region: 'R' }),
    )
    const said = { authUrl: 'http://k', tenant: 'demo', domain: 'Default', region: 'Q' }
    expect(asks({ cloud: 'mine', ...said }, credentials)).toEqual(
      E.right({
        version: 3,
        url: 'http://k/v3/auth/tokens',
        region: 'Q',
        sent: {
          auth: {
            identity: {
              methods: ['password'],
              password: {
                user: { name: 'me', domain: { name: 'Default' }, password: PASSWORD },
              },
            },
            scope: { project: { name: 'demo', domain: { name: 'Default' } } },
          },
        },
      }),
    )
  })

  it.each([
    ['2.0', 'http://k/v2.0/tokens'],
    ['3', 'http://k/v3/auth/tokens'],
    ['four', 'http://k/v3/auth/tokens'],
  ])('to the version %j of a clouds.yaml', (version, url) => {
    const entry = { auth: { auth_url: 'http://k', ...person }, identity_api_version: version }
    const clouds = `clouds: {mine: ${JSON.stringify(entry)}}`
    expect(asks({ cloud: 'mine' }, { form: 'clouds', values: { clouds } })).toMatchObject(
      E.right({ url }),
    )
  })
})

describe('credentials that are not complete are not tried', () => {
  it.each([
    ['http://k/v3', { form: 'password', values: { username: 'me' } }],
    ['http://k/v3', { form: 'token', values: {} }],
    ['http://k/v3', { form: 'application-credential', values: { name: 'n', secret: PASSWORD } }],
    ['http://k/v2.0', { form: 'application-credential', values: { id: 'i', secret: PASSWORD } }],
    ['http://k/auth/v1.0', { form: 'token', values: { token: PASSWORD } }],
    ['http://k', { form: 'clouds', values: {} }],
    ['http://k', { form: 'clouds', values: { clouds: `clouds: {${PASSWORD}` } }],
    ['http://k', { form: 'clouds', values: { clouds: 'clouds: {other: {auth: {}}}' } }],
    ['http://k', { form: 'clouds', values: { clouds: 'clouds: {mine: {region_name: a}}' } }],
  ] as const)('at %s: %j', (authUrl, credentials) => {
    const result = asks({ authUrl, cloud: 'mine' }, credentials)
    expect(result).toMatchObject(E.left({ _tag: 'CredentialsRefused', code: 'none' }))
    expect(JSON.stringify(result)).not.toContain(PASSWORD)
  })
})
