import * as E from 'fp-ts/Either'
import { describe, expect, it, test } from 'vitest'

import type {
  ClusterFacts,
  ContentDigests,
  CredentialReading,
  RegistryBuild,
  RenderProblem,
  Storage,
} from '../../model'
import { names } from '../../model'
import { someContent, someFacts } from '../../testing/some-facts'
import {
  aGcsBucket,
  anAzureContainer,
  anIbmBucket,
  anS3Bucket,
  aSwiftContainer,
} from '../../testing/some-storage'
import { storageContribution } from './storage-contribution'

const distribution = (major: number, minor: number): RegistryBuild => ({
  _tag: 'Distribution',
  version: [major, minor],
})
const V2_8 = distribution(2, 8)
const V3_0 = distribution(3, 0)
const V3_1 = distribution(3, 1)

const facts = (
  build: RegistryBuild,
  contents: ReadonlyArray<ContentDigests>,
  changes: Partial<ClusterFacts> = {},
): ClusterFacts =>
  someFacts({
    platform: 'Kubernetes',
    contents,
    release: { ...someFacts().release, registry: build },
    ...changes,
  })

const user = (...keys: ReadonlyArray<string>): ContentDigests =>
  someContent(
    'Secret',
    names.USER_CREDENTIALS_SECRET,
    Object.fromEntries(keys.map((key) => [key, 'x'])),
  )

const minted = (key: string, reading?: CredentialReading): ContentDigests => ({
  ...someContent('Secret', names.MINTED_CREDENTIALS_SECRET, { [key]: 'x' }),
  ...(reading === undefined ? {} : { readings: { [key]: reading } }),
})

const S3_KEYS = user('REGISTRY_STORAGE_S3_ACCESSKEY', 'REGISTRY_STORAGE_S3_SECRETKEY')

const said = (storage: Storage, given: ClusterFacts) => storageContribution({ storage }, given)

const variablesOf = (storage: Storage, given: ClusterFacts): ReadonlyArray<string> => {
  const found = said(storage, given)
  if (E.isLeft(found)) throw new Error(JSON.stringify(found.left))
  return found.right.variables.map(
    ({ name, value }) => `${String(name)}=${value === undefined ? '<secret>' : String(value)}`,
  )
}

const problemOf = (storage: Storage, given: ClusterFacts): RenderProblem | undefined => {
  const found = said(storage, given)
  return E.isLeft(found) ? found.left : undefined
}

describe('a bucket of S3', () => {
  it('is told without what only the registry of OpenShift understands', () => {
    expect(variablesOf(anS3Bucket(), facts(V3_1, [S3_KEYS]))).toEqual([
      'REGISTRY_STORAGE=s3',
      'REGISTRY_STORAGE_S3_BUCKET=images',
      'REGISTRY_STORAGE_S3_REGION=eu-central-1',
      'REGISTRY_STORAGE_S3_ENCRYPT=false',
      'AWS_SHARED_CREDENTIALS_FILE=/var/run/secrets/cloud/credentials',
      'AWS_SDK_LOAD_CONFIG=1',
      'REGISTRY_STORAGE_S3_USEDUALSTACK=true',
    ])
  })

  const elsewhere = anS3Bucket({
    regionEndpoint: 'https://minio.example.com',
    keyId: 'key',
    chunkSizeMiB: 5,
  })

  it.each([
    [V3_1, false, true],
    [V3_1, true, false],
    [V2_8, false, false],
  ])(
    'at an endpoint, for %j, in host names: %s, is in the path by its own word: %s',
    (build, virtualHostedStyle, expected) => {
      const variables = variablesOf({ ...elsewhere, virtualHostedStyle }, facts(build, [S3_KEYS]))
      expect(variables.includes('REGISTRY_STORAGE_S3_FORCEPATHSTYLE=true')).toBe(expected)
      expect(variables[0]).toBe('REGISTRY_STORAGE_S3_REGIONENDPOINT=https://minio.example.com')
      expect(variables.join()).not.toContain('DUALSTACK')
    },
  )

  it('names a key for encryption only where something is to be encrypted', () => {
    const keyOf = (encrypt: boolean) =>
      variablesOf({ ...elsewhere, encrypt }, facts(V3_1, [S3_KEYS])).filter((text) =>
        text.includes('KEYID'),
      )
    expect(keyOf(false)).toEqual([])
    expect(keyOf(true)).toEqual(['REGISTRY_STORAGE_S3_KEYID=key'])
  })

  it.each([
    ['us-east-1', undefined],
    ['us-gov-west-1', undefined],
    ['mx-central-1', 'https://s3.mx-central-1.amazonaws.com'],
    ['cn-new-1', 'https://s3.cn-new-1.amazonaws.com.cn'],
    ['eusc-de-east-1', 'https://s3.eusc-de-east-1.amazonaws.eu'],
    ['us-isob-west-1', 'https://s3.us-isob-west-1.sc2s.sgov.gov'],
  ])('in the region %s is told the address %s, and no other style of it', (region, address) => {
    const variables = variablesOf(anS3Bucket({ region }), facts(V3_0, [S3_KEYS]))
    expect(variables.filter((text) => /ENDPOINT|PATHSTYLE/.test(text))).toEqual(
      address === undefined ? [] : [`REGISTRY_STORAGE_S3_REGIONENDPOINT=${address}`],
    )
  })

  it('can be opened with a role, but not by an old registry', () => {
    const role = minted('credentials', { _tag: 'AwsProfile', form: 'role' })
    const keys = minted('credentials', { _tag: 'AwsProfile', form: 'keys' })
    expect(problemOf(anS3Bucket(), facts(V3_0, [role]))).toBeUndefined()
    expect(problemOf(anS3Bucket(), facts(V2_8, [keys]))).toBeUndefined()
    expect(problemOf(anS3Bucket(), facts(V2_8, [role]))).toEqual({
      _tag: 'StorageNotInRegistry',
      backend: 's3',
      build: V2_8,
      credentials: 'a role of the cloud',
    })
  })
})

describe('a bucket of Google', () => {
  const KEY = 'service_account.json'
  const key = (type: string) => minted(KEY, { _tag: 'GoogleKey', type })

  it('is opened with a key by the registry, with anything else by the library in it', () => {
    const last = (content: ContentDigests) =>
      variablesOf(aGcsBucket(), facts(V3_1, [content])).slice(2)
    expect(last(key('service_account'))).toEqual(['REGISTRY_STORAGE_GCS_KEYFILE=/gcs/keyfile'])
    expect(last(minted(KEY))).toEqual(['REGISTRY_STORAGE_GCS_KEYFILE=/gcs/keyfile'])
    expect(last(key('external_account'))).toEqual(['GOOGLE_APPLICATION_CREDENTIALS=/gcs/keyfile'])
  })

  it('hands images on itself where nobody can sign addresses', () => {
    const redirects = (type: string, build: RegistryBuild) => {
      const found = said(aGcsBucket(), facts(build, [key(type)]))
      return E.isRight(found) && found.right.cannotRedirect !== true
    }
    expect(redirects('service_account', V3_1)).toBe(true)
    expect(redirects('external_account', V3_1)).toBe(false)
    expect(redirects('external_account', { _tag: 'OpenShift' })).toBe(true)
  })

  it('is not opened by an old registry with anything but a key, nor with what is none', () => {
    expect(problemOf(aGcsBucket(), facts(V2_8, [key('external_account')]))).toMatchObject({
      _tag: 'StorageNotInRegistry',
      backend: 'gcs',
      credentials: 'the identity of its pods',
    })
    const broken = minted(KEY, { _tag: 'Unreadable', problem: 'is no JSON object' })
    expect(problemOf(aGcsBucket(), facts(V3_1, [broken]))).toEqual({
      _tag: 'CredentialsUnreadable',
      namespace: names.REGISTRY_NAMESPACE,
      name: names.MINTED_CREDENTIALS_SECRET,
      key: KEY,
      problem: 'is no JSON object',
    })
    expect(problemOf(aGcsBucket(), facts({ _tag: 'OpenShift' }, [broken]))).toBeUndefined()
  })
})

describe('a container of Azure', () => {
  const accountKey = user('REGISTRY_STORAGE_AZURE_ACCOUNTKEY')
  const identity = someContent('Secret', names.MINTED_CREDENTIALS_SECRET, {
    azure_client_id: 'a',
    azure_tenant_id: 'b',
    azure_federated_token_file: 'c',
    azure_resourcegroup: 'd',
  })
  const typeOf = (build: RegistryBuild, content: ContentDigests) =>
    variablesOf(anAzureContainer(), facts(build, [content])).filter((text) => text.includes('TYPE'))

  it('is told how one is let in, since there is a choice', () => {
    const type = 'REGISTRY_STORAGE_AZURE_CREDENTIALS_TYPE'
    expect(typeOf(V2_8, accountKey)).toEqual([])
    expect(typeOf(V3_0, accountKey)).toEqual([`${type}=shared_key`])
    expect(typeOf(V3_1, identity)).toEqual([`${type}=default_credentials`])
  })

  it.each([V2_8, V3_0])('is not opened by the identity of the pods in %j', (build) => {
    expect(problemOf(anAzureContainer(), facts(build, [identity]))).toEqual({
      _tag: 'StorageNotInRegistry',
      backend: 'azure',
      build,
      credentials: 'the identity of its pods',
    })
  })
})

describe('a container of Swift', () => {
  const password = user('REGISTRY_STORAGE_SWIFT_USERNAME', 'REGISTRY_STORAGE_SWIFT_PASSWORD')

  it.each([V3_0, V3_1])('cannot be used by %j, whatever else there is', (build) => {
    const problem = { _tag: 'StorageNotInRegistry', backend: 'swift', build }
    expect(problemOf(aSwiftContainer(), facts(build, [password]))).toEqual(problem)
    expect(problemOf(aSwiftContainer({ container: '' }), facts(build, []))).toEqual(problem)
  })

  it('is opened by an old registry with a password', () => {
    expect(variablesOf(aSwiftContainer(), facts(V2_8, [password]))).toEqual([
      'REGISTRY_STORAGE=swift',
      'REGISTRY_STORAGE_SWIFT_CONTAINER=images',
      'REGISTRY_STORAGE_SWIFT_AUTHURL=https://keystone.example.com:5000/v3',
      'REGISTRY_STORAGE_SWIFT_USERNAME=<secret>',
      'REGISTRY_STORAGE_SWIFT_PASSWORD=<secret>',
      'REGISTRY_STORAGE_SWIFT_AUTHVERSION=3',
    ])
  })

  test.each([
    [['TOKENID'], 'a token'],
    [
      ['APPLICATIONCREDENTIALID', 'APPLICATIONCREDENTIALNAME', 'APPLICATIONCREDENTIALSECRET'],
      'an application credential',
    ],
  ])('is not opened by an old registry with %j', (keys, credentials) => {
    const given = user(...keys.map((key) => `REGISTRY_STORAGE_SWIFT_${key}`))
    expect(problemOf(aSwiftContainer(), facts(V2_8, [given]))).toMatchObject({
      _tag: 'StorageNotInRegistry',
      credentials,
    })
  })
})

describe('a bucket of IBM', () => {
  it('is told as one of S3, with a scheme', () => {
    expect(variablesOf(anIbmBucket(), facts(V3_1, [S3_KEYS]))).toEqual([
      'REGISTRY_STORAGE=s3',
      'REGISTRY_STORAGE_S3_BUCKET=images',
      'REGISTRY_STORAGE_S3_REGION=us-east',
      'REGISTRY_STORAGE_S3_REGIONENDPOINT=https://s3.us-east.cloud-object-storage.appdomain.cloud',
      'REGISTRY_STORAGE_S3_ENCRYPT=false',
      'REGISTRY_STORAGE_S3_FORCEPATHSTYLE=true',
      'AWS_SHARED_CREDENTIALS_FILE=/var/run/secrets/cloud/credentials',
      'AWS_SDK_LOAD_CONFIG=1',
    ])
    const moved = E.right({
      platformType: 'IBMCloud',
      infrastructureName: 'test-abc12',
      singleReplicaInfrastructure: false,
      objectStore: 'unknown' as const,
      storageEndpoint: 'http://cos.local',
    })
    expect(variablesOf(anIbmBucket(), facts(V3_1, [S3_KEYS], { infrastructure: moved }))).toContain(
      'REGISTRY_STORAGE_S3_REGIONENDPOINT=http://cos.local',
    )
  })
})

describe('a volume', () => {
  it.each([V2_8, V3_1])('is the same to %j as to the registry of OpenShift', (build) => {
    for (const storage of [
      { _tag: 'EmptyDir' } as const,
      { _tag: 'Pvc', claim: 'c', origin: 'named' } as const,
    ])
      expect(said(storage, facts(build, []))).toEqual(said(storage, someFacts()))
  })
})
