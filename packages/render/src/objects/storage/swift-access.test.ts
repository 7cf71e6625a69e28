import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import type {
  ClusterFacts,
  CloudReading,
  CloudSecret,
  CredentialReading,
  InfrastructureFacts,
  SwiftStorage,
} from '../../model'
import { names } from '../../model'
import { someContent, someFacts } from '../../testing/some-facts'
import { aSwiftContainer } from '../../testing/some-storage'
import { storageContribution } from './storage-contribution'

const CLOUD: CloudReading = {
  authUrl: 'https://keystone.local/identity',
  identityVersion: '3',
  region: 'north',
  project: 'images',
  projectId: 'p1',
  domain: 'Default',
  domainId: 'd1',
  secrets: ['username', 'password'],
}

const cloud = (changes: Partial<CloudReading> = {}, name = 'openstack'): CredentialReading => ({
  _tag: 'Clouds',
  clouds: { [name]: { ...CLOUD, ...changes } },
})

const factsWith = (
  reading: CredentialReading | undefined,
  changes: Partial<InfrastructureFacts> = {},
): ClusterFacts =>
  someFacts({
    contents: [
      {
        ...someContent('Secret', names.MINTED_CREDENTIALS_SECRET, { 'clouds.yaml': 'clouds' }),
        ...(reading === undefined ? {} : { readings: { 'clouds.yaml': reading } }),
      },
    ],
    infrastructure: E.right({
      platformType: 'OpenStack',
      infrastructureName: 'test-abc12',
      singleReplicaInfrastructure: false,
      objectStore: 'present',
      ...changes,
    }),
  })

const OPEN = aSwiftContainer({ authUrl: '', asSpecified: { container: 'images' } })

const said = (storage: SwiftStorage, facts: ClusterFacts) => storageContribution({ storage }, facts)

const plainVariables = (storage: SwiftStorage, facts: ClusterFacts): ReadonlyArray<string> => {
  const found = said(storage, facts)
  if (E.isLeft(found)) throw new Error(JSON.stringify(found.left))
  return found.right.variables.flatMap(({ name, value }) =>
    value === undefined
      ? []
      : [`${String(name).replace('REGISTRY_STORAGE_SWIFT_', '')}=${String(value)}`],
  )
}

const problemOf = (facts: ClusterFacts): unknown => {
  const found = said(OPEN, facts)
  return E.isLeft(found) ? found.left : undefined
}

describe('the clouds.yaml of a cluster', () => {
  it('says where Swift is', () => {
    expect(plainVariables(OPEN, factsWith(cloud()))).toEqual([
      'REGISTRY_STORAGE=swift',
      'CONTAINER=images',
      'AUTHURL=https://keystone.local/identity/v3',
      'AUTHVERSION=3',
      'DOMAIN=Default',
      'DOMAINID=d1',
      'TENANT=images',
      'TENANTID=p1',
      'REGION=north',
    ])
  })

  it('says nothing where the Config does', () => {
    const storage = aSwiftContainer({
      authVersion: 2,
      domain: 'd',
      domainId: 'di',
      tenant: 't',
      tenantId: 'ti',
      regionName: 'r',
      asSpecified: { authVersion: '2' },
    })
    expect(plainVariables(storage, factsWith(cloud())).slice(2)).toEqual([
      'AUTHURL=https://keystone.example.com:5000/v3',
      'AUTHVERSION=2',
      'DOMAIN=d',
      'DOMAINID=di',
      'TENANT=t',
      'TENANTID=ti',
      'REGION=r',
    ])
  })

  it.each([
    ['2', 'https://keystone.local/identity/v2', '2'],
    ['2.0', 'https://keystone.local/identity/v2', '2'],
    ['', 'https://keystone.local/identity/v3', '3'],
    ['new', 'https://keystone.local/identity/v3', '3'],
  ])('of the version %j is reached at %s', (identityVersion, url, version) => {
    const variables = plainVariables(OPEN, factsWith(cloud({ identityVersion })))
    expect(variables.slice(2, 4)).toEqual([`AUTHURL=${url}`, `AUTHVERSION=${version}`])
  })

  it('may call the cloud otherwise, as the cluster does', () => {
    const facts = factsWith(cloud({}, 'mine'), { cloudsEntry: 'mine' })
    expect(plainVariables(OPEN, facts)).toContain('REGION=north')
    expect(problemOf(factsWith(cloud({}, 'mine')))).toMatchObject({
      _tag: 'CredentialsUnreadable',
      problem: 'says nothing of a cloud "openstack"',
    })
  })

  const entries = (secrets: ReadonlyArray<CloudSecret>) => {
    const found = said(OPEN, factsWith(cloud({ secrets })))
    return E.isLeft(found)
      ? found.left._tag
      : found.right.secretEntries.map(({ source }) =>
          source._tag === 'Composed'
            ? source.parts.map((part) =>
                typeof part !== 'string' && part._tag === 'Extracted' ? part.field : 'other',
              )
            : source._tag,
        )
  }

  it('gives the secrets that are in it; the others are empty', () => {
    const none = 'Literal'
    expect(entries(['username', 'password'])).toEqual([
      ['username'],
      ['password'],
      ...[none, none, none, none],
    ])
    const id = 'application_credential_id' as const
    const secret = 'application_credential_secret' as const
    expect(entries([id, secret])).toEqual([none, none, none, [id], none, [secret]])
    expect(entries(['token'])).toEqual([none, none, ['token'], none, none, none])
  })

  it('names the document that they are in, and differs with it', () => {
    const found = said(OPEN, factsWith(cloud()))
    expect(E.isRight(found) && found.right.secretEntries[1]).toMatchObject({
      key: 'REGISTRY_STORAGE_SWIFT_PASSWORD',
      source: {
        form: 'variable',
        parts: [
          {
            _tag: 'Extracted',
            ref: { kind: 'Secret', name: names.MINTED_CREDENTIALS_SECRET },
            path: ['data', 'clouds.yaml'],
            document: 'clouds.yaml',
            cloud: 'openstack',
            field: 'password',
          },
        ],
      },
    })
    const [username, password] = E.isRight(found) ? found.right.secretEntries : []
    expect(username?.digest).not.toBe(password?.digest)
  })

  it.each<ReadonlyArray<CloudSecret>>([
    [],
    ['username'],
    ['application_credential_name', 'application_credential_secret'],
  ])('is of no use with nothing but %j', (...secrets) => {
    expect(entries(secrets)).toBe('CredentialsUnreadable')
  })

  it('is refused where nobody has read it, or nobody could', () => {
    expect(problemOf(factsWith(undefined))).toMatchObject({ problem: 'has not been read' })
    expect(problemOf(factsWith({ _tag: 'Unreadable', problem: 'is no YAML' }))).toMatchObject({
      name: names.MINTED_CREDENTIALS_SECRET,
      key: 'clouds.yaml',
      problem: 'is no YAML',
    })
  })

  it('says no address that is none', () => {
    expect(problemOf(factsWith(cloud({ authUrl: 'INVALID_URL' })))).toEqual({
      _tag: 'StorageNotProvisioned',
      backend: 'swift',
      missing: ['authURL'],
    })
  })
})

describe('without any credentials', () => {
  it('it is these that are missing, not where Swift is', () => {
    expect(problemOf(someFacts({ contents: [] }))).toMatchObject({ _tag: 'CredentialsMissing' })
  })
})
