import * as E from 'fp-ts/Either'
import { describe, expect, it, test } from 'vitest'

import type { ClusterFacts, InfrastructureFacts, RenderProblem, Storage } from '../../model'
import { names } from '../../model'
import { someContent, someFacts } from '../../testing/some-facts'
import {
  aGcsBucket,
  anAzureContainer,
  anIbmBucket,
  anS3Bucket,
  aSwiftContainer,
} from '../../testing/some-storage'
import type { Contribution } from './contribution'
import { storageContribution } from './storage-contribution'

const USER = names.USER_CREDENTIALS_SECRET
const MINTED = names.MINTED_CREDENTIALS_SECRET

type Texts = { readonly [key: string]: string }

const user = (texts: Texts) => someContent('Secret', USER, texts)
const minted = (texts: Texts) => someContent('Secret', MINTED, texts)

const s3Keys = user({ REGISTRY_STORAGE_S3_ACCESSKEY: 'id', REGISTRY_STORAGE_S3_SECRETKEY: 'key' })
const accountKey = user({ REGISTRY_STORAGE_AZURE_ACCOUNTKEY: 'key' })
const swiftUser = user({
  REGISTRY_STORAGE_SWIFT_USERNAME: 'user',
  REGISTRY_STORAGE_SWIFT_PASSWORD: 'password',
})

const withSecrets = (...contents: ClusterFacts['contents']): ClusterFacts => someFacts({ contents })

const on = (platformType: string, changes: Partial<InfrastructureFacts> = {}) => ({
  infrastructure: E.right({
    platformType,
    infrastructureName: 'test-abc12',
    singleReplicaInfrastructure: false,
    objectStore: 'unknown' as const,
    ...changes,
  }),
})

const contribution = (storage: Storage, facts: ClusterFacts): Contribution => {
  const found = storageContribution({ storage }, facts)
  if (E.isLeft(found)) throw new Error(JSON.stringify(found.left))
  return found.right
}

const problemOf = (storage: Storage, facts: ClusterFacts): RenderProblem | undefined => {
  const found = storageContribution({ storage }, facts)
  return E.isLeft(found) ? found.left : undefined
}

const variablesOf = (storage: Storage, facts: ClusterFacts): ReadonlyArray<string> =>
  contribution(storage, facts).variables.map(
    ({ name, value }) => `${String(name)}=${value === undefined ? '<secret>' : String(value)}`,
  )

const texts = ({ secretEntries }: Contribution): Texts =>
  Object.fromEntries(
    secretEntries.map(({ key, source }) => [
      key,
      source._tag === 'Composed'
        ? source.parts
            .map((part) => (typeof part === 'string' ? part : `<${part.ref.name} ${part.path[1]}>`))
            .join('')
        : source._tag === 'CopyOf'
          ? `<${source.ref.name} ${source.path[1]}>`
          : source._tag === 'Literal'
            ? source.text
            : '',
    ]),
  )

const notProvisioned = (backend: string, ...missing: ReadonlyArray<string>): RenderProblem => ({
  _tag: 'StorageNotProvisioned',
  backend,
  missing,
})

describe('a bucket of S3', () => {
  it('is described in the order of the original', () => {
    expect(variablesOf(anS3Bucket(), withSecrets(s3Keys))).toEqual([
      'REGISTRY_STORAGE=s3',
      'REGISTRY_STORAGE_S3_BUCKET=images',
      'REGISTRY_STORAGE_S3_REGION=eu-central-1',
      'REGISTRY_STORAGE_S3_ENCRYPT=false',
      'REGISTRY_STORAGE_S3_FORCEPATHSTYLE=true',
      'REGISTRY_STORAGE_S3_CREDENTIALSCONFIGPATH=/var/run/secrets/cloud/credentials',
      'REGISTRY_STORAGE_S3_USEDUALSTACK=true',
    ])
  })

  it('is described with all that can be said of it', () => {
    const storage = anS3Bucket({
      bucket: '12345',
      region: 'us-iso-east-1',
      regionEndpoint: 'https://minio.example.com:9000',
      keyId: 'arn:aws:kms:key',
      chunkSizeMiB: 10,
      encrypt: true,
      virtualHostedStyle: true,
    })
    expect(variablesOf(storage, withSecrets(s3Keys))).toEqual([
      'REGISTRY_STORAGE_S3_REGIONENDPOINT=https://minio.example.com:9000',
      'REGISTRY_STORAGE_S3_KEYID=arn:aws:kms:key',
      'REGISTRY_STORAGE_S3_CHUNKSIZE=10485760',
      'REGISTRY_STORAGE=s3',
      'REGISTRY_STORAGE_S3_BUCKET="12345"',
      'REGISTRY_STORAGE_S3_REGION=us-iso-east-1',
      'REGISTRY_STORAGE_S3_ENCRYPT=true',
      'REGISTRY_STORAGE_S3_FORCEPATHSTYLE=false',
      'REGISTRY_STORAGE_S3_CREDENTIALSCONFIGPATH=/var/run/secrets/cloud/credentials',
      'REGISTRY_STORAGE_S3_USEDUALSTACK=true',
    ])
  })

  it.each([
    ['us-iso-east-1', false],
    ['us-isob-east-1', false],
    ['us-gov-west-1', true],
    ['cn-north-1', true],
    ['foo', true],
  ])('in the region %s has both kinds of addresses: %s', (region, expected) => {
    const variables = variablesOf(anS3Bucket({ region }), withSecrets(s3Keys))
    expect(variables.includes('REGISTRY_STORAGE_S3_USEDUALSTACK=true')).toBe(expected)
  })

  it('has its credentials as a file', () => {
    expect(contribution(anS3Bucket(), withSecrets(s3Keys)).volumes).toEqual([
      {
        source: {
          name: 'image-registry-private-configuration',
          secret: { secretName: 'image-registry-private-configuration', optional: false },
        },
        mount: {
          name: 'image-registry-private-configuration',
          mountPath: '/var/run/secrets/cloud',
          readOnly: true,
        },
      },
    ])
  })

  const onAws = (storageEndpoint?: string) => ({
    ...withSecrets(s3Keys),
    ...on('AWS', {
      region: 'us-east-1',
      ...(storageEndpoint === undefined ? {} : { storageEndpoint }),
    }),
  })

  it('is where the cluster is, where the Config leaves that open', () => {
    const open = anS3Bucket({ region: '' })
    expect(variablesOf(open, onAws())).toContain('REGISTRY_STORAGE_S3_REGION=us-east-1')
    const moved = variablesOf(open, onAws('https://s3.local'))
    expect(moved).toContain('REGISTRY_STORAGE_S3_REGIONENDPOINT=https://s3.local')
    expect(moved).toContain('REGISTRY_STORAGE_S3_FORCEPATHSTYLE=false')
    expect(variablesOf(anS3Bucket(), onAws('https://s3.local'))).toEqual(
      variablesOf(anS3Bucket(), withSecrets(s3Keys)),
    )
  })

  it('cannot be used before it is said which one it is', () => {
    const nowhere = anS3Bucket({ bucket: '', region: '' })
    expect(problemOf(nowhere, withSecrets(s3Keys))).toEqual(
      notProvisioned('s3', 'bucket', 'region'),
    )
    expect(problemOf(nowhere, onAws())).toEqual(notProvisioned('s3', 'bucket'))
    const unknown = { infrastructure: E.left({ _tag: 'PlatformStatusMissing' as const }) }
    expect(problemOf(nowhere, someFacts(unknown))).toMatchObject({ missing: ['bucket', 'region'] })
    expect(problemOf(nowhere, { ...someFacts(), ...on('AWS') })).toMatchObject({
      missing: ['bucket', 'region'],
    })
  })
})

describe('the credentials of a bucket of S3', () => {
  const shared = (secret: string, id: string, key: string) =>
    `[default]\naws_access_key_id = <${secret} ${id}>\naws_secret_access_key = <${secret} ${key}>\n`

  const file = (...contents: ClusterFacts['contents']) =>
    texts(contribution(anS3Bucket(), withSecrets(...contents)))['credentials']

  it('are those that a person gives', () => {
    const keys = ['REGISTRY_STORAGE_S3_ACCESSKEY', 'REGISTRY_STORAGE_S3_SECRETKEY'] as const
    expect(file(s3Keys, minted({ credentials: 'x' }))).toBe(shared(USER, ...keys))
  })

  it('are otherwise those of the cloud, as they are where they are a file already', () => {
    const pair = { aws_access_key_id: 'a', aws_secret_access_key: 'b' }
    expect(file(minted({ ...pair, credentials: 'x' }))).toBe(`<${MINTED} credentials>`)
    expect(file(minted({ ...pair, credentials: '' }))).toBe(
      shared(MINTED, 'aws_access_key_id', 'aws_secret_access_key'),
    )
  })

  it('differ by digest with every part of them', () => {
    const digestOf = (id: string, key: string) =>
      contribution(
        anS3Bucket(),
        withSecrets(
          user({ REGISTRY_STORAGE_S3_ACCESSKEY: id, REGISTRY_STORAGE_S3_SECRETKEY: key }),
        ),
      ).secretEntries[0]?.digest
    expect(digestOf('a', 'b')).toMatch(/^sha256:/)
    expect(new Set([digestOf('a', 'b'), digestOf('b', 'a'), digestOf('a', 'c')]).size).toBe(3)
    expect(digestOf('a', 'b')).toBe(digestOf('a', 'b'))
  })

  test.each<readonly [string, ClusterFacts['contents'], ReadonlyArray<string>, number]>([
    ['there are none', [], [USER, MINTED], 2],
    ['those of the cloud are incomplete', [minted({ aws_access_key_id: 'a' })], [USER, MINTED], 2],
    [
      'a person has given half of them, whatever the cloud has',
      [user({ REGISTRY_STORAGE_S3_ACCESSKEY: 'a' }), minted({ credentials: 'x' })],
      [USER],
      1,
    ],
    [
      'a person has given an empty one',
      [user({ REGISTRY_STORAGE_S3_ACCESSKEY: 'a', REGISTRY_STORAGE_S3_SECRETKEY: '' })],
      [USER],
      1,
    ],
  ])('are missing when %s', (_, contents, secrets, count) => {
    const keys = ['REGISTRY_STORAGE_S3_ACCESSKEY', 'REGISTRY_STORAGE_S3_SECRETKEY'].slice(-count)
    expect(problemOf(anS3Bucket(), withSecrets(...contents))).toEqual({
      _tag: 'CredentialsMissing',
      namespace: names.REGISTRY_NAMESPACE,
      names: secrets,
      keys,
    })
  })
})

describe('downloads through CloudFront', () => {
  const cloudFront = {
    baseUrl: 'https://cdn.example.com',
    keypairId: 'keypair',
    privateKey: { secret: 'signer', key: 'key.pem' },
    durationNs: 300_000_000_000n,
  }
  const signer = someContent('Secret', 'signer', { 'key.pem': 'key' })
  const middleware = (durationNs: bigint) =>
    contribution(
      anS3Bucket({ cloudFront: { ...cloudFront, durationNs } }),
      withSecrets(s3Keys, signer),
    ).variables.at(-1)

  it('D6: are a middleware of the registry', () => {
    expect(middleware(300_000_000_000n)).toEqual({
      name: 'REGISTRY_MIDDLEWARE_STORAGE',
      value: [
        '- name: cloudfront',
        '  options:',
        '    baseurl: https://cdn.example.com',
        '    privatekey: /etc/docker/cloudfront/private.pem',
        '    keypairid: keypair',
        '    duration: 5m0s',
        '    ipfilteredby: none',
      ].join('\n'),
    })
    expect(middleware(0n)?.['value']).toContain('duration: 1200s\n')
  })

  it('need the key that signs, and the pods depend on it', () => {
    const storage = anS3Bucket({ cloudFront })
    const found = contribution(storage, withSecrets(s3Keys, signer))
    expect(found.mountedSecrets).toEqual(['signer'])
    expect(found.volumes[1]).toEqual({
      source: {
        name: 'registry-cloudfront',
        secret: {
          secretName: 'signer',
          items: [{ key: 'key.pem', path: 'private.pem' }],
          optional: false,
        },
      },
      mount: { name: 'registry-cloudfront', mountPath: '/etc/docker/cloudfront', readOnly: true },
    })
    const missing = { _tag: 'CredentialsMissing', names: ['signer'], keys: ['key.pem'] }
    expect(problemOf(storage, withSecrets(s3Keys))).toMatchObject(missing)
    expect(
      problemOf(storage, withSecrets(s3Keys, someContent('Secret', 'signer', {}))),
    ).toMatchObject(missing)
  })
})

describe('a bucket of Google', () => {
  const given = user({ REGISTRY_STORAGE_GCS_KEYFILE: '{}' })

  it('is described, and its key is a file', () => {
    const found = contribution(aGcsBucket(), withSecrets(given))
    expect(variablesOf(aGcsBucket(), withSecrets(given))).toEqual([
      'REGISTRY_STORAGE=gcs',
      'REGISTRY_STORAGE_GCS_BUCKET=images',
      'REGISTRY_STORAGE_GCS_KEYFILE=/gcs/keyfile',
    ])
    expect(found.volumes).toEqual([
      {
        source: {
          name: 'registry-storage-keyfile',
          secret: {
            secretName: 'image-registry-private-configuration',
            items: [{ key: 'REGISTRY_STORAGE_GCS_KEYFILE', path: 'keyfile' }],
            optional: false,
          },
        },
        mount: { name: 'registry-storage-keyfile', mountPath: '/gcs' },
      },
    ])
  })

  it('has the key that a person gives, byte for byte, else that of the cloud', () => {
    const fromUser = contribution(aGcsBucket(), withSecrets(given))
    expect(fromUser.secretEntries).toMatchObject([
      { digest: given.entries['REGISTRY_STORAGE_GCS_KEYFILE'], source: { _tag: 'CopyOf' } },
    ])
    const fromCloud = withSecrets(minted({ 'service_account.json': '{}' }))
    expect(texts(contribution(aGcsBucket(), fromCloud))).toEqual({
      REGISTRY_STORAGE_GCS_KEYFILE: `<${MINTED} service_account.json>`,
    })
  })

  it('cannot be used without a name', () => {
    expect(problemOf(aGcsBucket({ bucket: '' }), withSecrets(given))).toEqual(
      notProvisioned('gcs', 'bucket'),
    )
  })
})

describe('a container of Azure', () => {
  it('is opened by the key of its account', () => {
    const facts = withSecrets(accountKey)
    expect(variablesOf(anAzureContainer({ cloudName: 'AzureUSGovernmentCloud' }), facts)).toEqual([
      'REGISTRY_STORAGE_AZURE_ACCOUNTKEY=<secret>',
      'REGISTRY_STORAGE=azure',
      'REGISTRY_STORAGE_AZURE_CONTAINER=images',
      'REGISTRY_STORAGE_AZURE_ACCOUNTNAME=account',
      'REGISTRY_STORAGE_AZURE_REALM=core.usgovcloudapi.net',
    ])
    expect(contribution(anAzureContainer(), facts).secretEntries).toMatchObject([
      { source: { _tag: 'Composed', form: 'variable' } },
    ])
  })

  it('is opened by the identity of the pod where the cluster gives it one', () => {
    const identity = minted({
      azure_client_id: 'a',
      azure_tenant_id: 'b',
      azure_federated_token_file: 'c',
    })
    const facts = { ...withSecrets(identity), ...on('Azure', { cloudName: 'AzureChinaCloud' }) }
    expect(variablesOf(anAzureContainer(), facts)).toEqual([
      'AZURE_CLIENT_ID=<secret>',
      'AZURE_TENANT_ID=<secret>',
      'AZURE_FEDERATED_TOKEN_FILE=<secret>',
      'AZURE_AUTHORITY_HOST=https://login.chinacloudapi.cn/',
      'REGISTRY_STORAGE=azure',
      'REGISTRY_STORAGE_AZURE_CONTAINER=images',
      'REGISTRY_STORAGE_AZURE_ACCOUNTNAME=account',
      'REGISTRY_STORAGE_AZURE_REALM=core.chinacloudapi.cn',
    ])
    expect(texts(contribution(anAzureContainer(), facts))['AZURE_CLIENT_ID']).toBe(
      `<${MINTED} azure_client_id>`,
    )
  })

  const realm = (cloudName: string, changes: Partial<ClusterFacts> = {}) =>
    variablesOf(anAzureContainer({ cloudName }), {
      ...withSecrets(accountKey),
      ...changes,
    }).filter((text) => text.includes('REALM'))

  it('is in the public cloud unless somebody says otherwise', () => {
    expect(realm('')).toEqual([])
    expect(realm('', on('Azure'))).toEqual([])
    expect(realm('', on('Azure', { cloudName: 'AzurePublicCloud' }))).toEqual([])
    expect(realm('azurepubliccloud')).toEqual(['REGISTRY_STORAGE_AZURE_REALM=core.windows.net'])
  })

  const settings = (data: Texts) => ({
    bundles: [
      { namespace: 'openshift-config', name: 'cloud-provider-config', data, binaryData: {} },
    ],
  })

  it('is on an Azure Stack where the settings of the cluster say', () => {
    const stack = 'AzureStackCloud'
    const endpoints = JSON.stringify({ storageEndpointSuffix: 'local.azurestack.external' })
    expect(realm(stack, settings({ endpoints }))).toEqual([
      'REGISTRY_STORAGE_AZURE_REALM=local.azurestack.external',
    ])
    const problem = (changes: Partial<ClusterFacts>) =>
      problemOf(anAzureContainer({ cloudName: stack }), { ...someFacts(), ...changes })
    expect(problem({})).toMatchObject({ _tag: 'ConfigMapMissing', name: 'cloud-provider-config' })
    expect(problem(settings({}))).toMatchObject({ _tag: 'ConfigMapEntryMissing', key: 'endpoints' })
    expect(problem(settings({ endpoints: '{}' }))).toMatchObject({ key: 'endpoints' })
  })

  it('cannot be used before it is said which one it is, and in which cloud', () => {
    const facts = withSecrets(accountKey)
    expect(problemOf(anAzureContainer({ accountName: '', container: '' }), facts)).toEqual(
      notProvisioned('azure', 'accountName', 'container'),
    )
    expect(
      problemOf(anAzureContainer(), { ...facts, ...on('Azure', { cloudName: 'AzureUSSecCloud' }) }),
    ).toEqual(notProvisioned('azure', 'cloudName'))
  })
})

describe('a container of Swift', () => {
  it('is described in the order of the original', () => {
    const storage = aSwiftContainer({
      domain: 'd',
      domainId: 'di',
      tenant: 't',
      tenantId: 'ti',
      regionName: 'r',
    })
    expect(variablesOf(storage, withSecrets(swiftUser))).toEqual([
      'REGISTRY_STORAGE=swift',
      'REGISTRY_STORAGE_SWIFT_CONTAINER=images',
      'REGISTRY_STORAGE_SWIFT_AUTHURL=https://keystone.example.com:5000/v3',
      'REGISTRY_STORAGE_SWIFT_USERNAME=<secret>',
      'REGISTRY_STORAGE_SWIFT_PASSWORD=<secret>',
      'REGISTRY_STORAGE_SWIFT_TOKENID=<secret>',
      'REGISTRY_STORAGE_SWIFT_APPLICATIONCREDENTIALID=<secret>',
      'REGISTRY_STORAGE_SWIFT_APPLICATIONCREDENTIALNAME=<secret>',
      'REGISTRY_STORAGE_SWIFT_APPLICATIONCREDENTIALSECRET=<secret>',
      'REGISTRY_STORAGE_SWIFT_AUTHVERSION=3',
      'REGISTRY_STORAGE_SWIFT_DOMAIN=d',
      'REGISTRY_STORAGE_SWIFT_DOMAINID=di',
      'REGISTRY_STORAGE_SWIFT_TENANT=t',
      'REGISTRY_STORAGE_SWIFT_TENANTID=ti',
      'REGISTRY_STORAGE_SWIFT_REGION=r',
    ])
  })

  it('has all six entries, of which those that nobody gives are empty', () => {
    expect(texts(contribution(aSwiftContainer(), withSecrets(swiftUser)))).toEqual({
      REGISTRY_STORAGE_SWIFT_USERNAME: `<${USER} REGISTRY_STORAGE_SWIFT_USERNAME>`,
      REGISTRY_STORAGE_SWIFT_PASSWORD: `<${USER} REGISTRY_STORAGE_SWIFT_PASSWORD>`,
      REGISTRY_STORAGE_SWIFT_TOKENID: '""',
      REGISTRY_STORAGE_SWIFT_APPLICATIONCREDENTIALID: '""',
      REGISTRY_STORAGE_SWIFT_APPLICATIONCREDENTIALNAME: '""',
      REGISTRY_STORAGE_SWIFT_APPLICATIONCREDENTIALSECRET: '""',
    })
  })

  it('is opened by a token or an application credential as well, but by no half of anything', () => {
    const given = (...keys: ReadonlyArray<string>) =>
      withSecrets(
        user(Object.fromEntries(keys.map((key) => [`REGISTRY_STORAGE_SWIFT_${key}`, 'x']))),
      )
    const application = ['ID', 'NAME', 'SECRET'].map((part) => `APPLICATIONCREDENTIAL${part}`)
    expect(problemOf(aSwiftContainer(), given('TOKENID'))).toBeUndefined()
    expect(problemOf(aSwiftContainer(), given(...application))).toBeUndefined()
    expect(problemOf(aSwiftContainer(), given('USERNAME', ...application.slice(1)))).toMatchObject({
      _tag: 'CredentialsMissing',
      keys: ['REGISTRY_STORAGE_SWIFT_PASSWORD'],
    })
  })

  it('cannot be used before it is said which one it is', () => {
    const nowhere = aSwiftContainer({ container: '', authUrl: '' })
    expect(problemOf(nowhere, withSecrets(swiftUser))).toEqual(
      notProvisioned('swift', 'authURL', 'container'),
    )
  })
})

describe('a bucket of IBM', () => {
  it('is described as one of S3', () => {
    expect(variablesOf(anIbmBucket(), withSecrets(s3Keys))).toEqual([
      'REGISTRY_STORAGE=s3',
      'REGISTRY_STORAGE_S3_BUCKET=images',
      'REGISTRY_STORAGE_S3_REGION=us-east',
      'REGISTRY_STORAGE_S3_REGIONENDPOINT=s3.us-east.cloud-object-storage.appdomain.cloud',
      'REGISTRY_STORAGE_S3_ENCRYPT=false',
      'REGISTRY_STORAGE_S3_FORCEPATHSTYLE=true',
      'REGISTRY_STORAGE_S3_USEDUALSTACK=false',
      'REGISTRY_STORAGE_S3_CREDENTIALSCONFIGPATH=/var/run/secrets/cloud/credentials',
    ])
    expect(texts(contribution(anIbmBucket(), withSecrets(s3Keys)))['credentials']).toContain(
      'aws_access_key_id = <image-registry-private-configuration-user REGISTRY_STORAGE_S3_ACCESSKEY>',
    )
  })

  it('is where the cluster is, where the Config leaves that open', () => {
    const open = anIbmBucket({ location: '' })
    const facts = { ...withSecrets(s3Keys), ...on('PowerVS', { region: 'eu-gb' }) }
    const moved = on('IBMCloud', { region: 'eu-gb', storageEndpoint: 'https://cos.local' })
    expect(variablesOf(open, facts)).toContain(
      'REGISTRY_STORAGE_S3_REGIONENDPOINT=s3.eu-gb.cloud-object-storage.appdomain.cloud',
    )
    expect(variablesOf(open, { ...facts, ...moved })).toContain(
      'REGISTRY_STORAGE_S3_REGIONENDPOINT=https://cos.local',
    )
    expect(problemOf(open, withSecrets(s3Keys))).toEqual(notProvisioned('ibmcos', 'location'))
  })
})
