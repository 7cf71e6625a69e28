import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { infrastructureFacts } from '../../decode/platform/infrastructure-facts'
import type { ClusterFacts, JsonObject, Storage, StorageTarget } from '../../model'
import { names } from '../../model'
import { someContent, someFacts } from '../../testing/some-facts'
import {
  aGcsBucket,
  anAzureContainer,
  anIbmBucket,
  anS3Bucket,
  aSwiftContainer,
} from '../../testing/some-storage'
import { storageContribution } from '../storage/storage-contribution'
import { storageTarget } from './storage-target'

const credentials = someContent('Secret', names.USER_CREDENTIALS_SECRET, {
  REGISTRY_STORAGE_S3_ACCESSKEY: 'id',
  REGISTRY_STORAGE_S3_SECRETKEY: 'key',
  REGISTRY_STORAGE_GCS_KEYFILE: '{}',
  REGISTRY_STORAGE_IBMCOS_IAMAPIKEY: 'key',
  REGISTRY_STORAGE_AZURE_ACCOUNTKEY: 'key',
})

/** A cluster that says this of its cloud. */
const on = (platformStatus: JsonObject): ClusterFacts =>
  someFacts({
    contents: [credentials],
    infrastructure: infrastructureFacts({
      infrastructures: [
        {
          object: { apiVersion: '', kind: '', metadata: { name: names.SINGLETON_NAME } },
          read: { status: { infrastructureName: 'test-abc12', platformStatus } },
        },
      ],
      objectStores: [],
    }),
  })

const PROXY = { http: '', https: '', noProxy: '' }

const found = (storage: Storage, facts: ClusterFacts) =>
  storageTarget({ storage, proxy: PROXY, uid: 'u1' }, facts)

const target = (storage: Storage, facts: ClusterFacts): StorageTarget => {
  const one = found(storage, facts)
  if (E.isLeft(one) || one.right === undefined) throw new Error(JSON.stringify(one))
  return one.right
}

const wanted = (storage: Storage, facts: ClusterFacts): JsonObject =>
  Object.fromEntries(
    target(storage, facts).parts.flatMap(({ settings }) =>
      settings.map((setting) => [setting.name, setting.wanted]),
    ),
  )

const GOOGLE = { type: 'GCP', gcp: { region: 'us-east1', projectID: 'p' } }

describe('a bucket of Google', () => {
  it('is closed to the public and to lists on its objects, and cleaned up', () => {
    expect(wanted(aGcsBucket(), on(GOOGLE))).toMatchObject({
      PublicAccessBlocked: { publicAccessPrevention: 'enforced' },
      UniformAccess: { enabled: true },
      IncompleteUploadCleanupEnabled: [{ days: 1 }],
    })
  })

  it('has no setting for tags where the cluster has none, so that none can be wrong', () => {
    expect(wanted(aGcsBucket(), on(GOOGLE))).not.toHaveProperty('Tagged')
    const resourceTags = [{ parentID: '123', key: 'cost', value: 'x' }]
    const tagged = { ...GOOGLE, gcp: { ...GOOGLE.gcp, resourceTags } }
    expect(wanted(aGcsBucket(), on(tagged))).toMatchObject({ Tagged: { '123/cost': 'x' } })
  })
})

it('a bucket of IBM is cleaned up', () => {
  const ibm = on({ type: 'IBMCloud', ibmcloud: { location: 'us-east' } })
  expect(wanted(anIbmBucket(), ibm)).toMatchObject({
    IncompleteUploadCleanupEnabled: [{ days: 1 }],
  })
})

describe('a bucket of S3', () => {
  const aws = (more: JsonObject = {}) => on({ type: 'AWS', aws: { region: 'us-east-1', ...more } })

  it('has the tags of its cluster as they are, also with spaces', () => {
    const resourceTags = [
      { key: 'Cost Center', value: 'IT and  more' },
      { key: 'empty', value: '' },
      { key: 'Zoë', value: 'Größe' },
    ]
    expect(wanted(anS3Bucket(), aws({ resourceTags }))).toMatchObject({
      Tagged: { 'Cost Center': 'IT and  more', empty: '', Zoë: 'Größe' },
    })
  })

  it('keeps our marks and its name, whatever the tags of the cluster say', () => {
    const resourceTags = [
      { key: 'Name', value: 'another' },
      { key: names.CONFIG_UID_MARK, value: 'forged' },
    ]
    expect(wanted(anS3Bucket(), aws({ resourceTags }))).toMatchObject({
      Tagged: { Name: 'test-abc12-image-registry', [names.CONFIG_UID_MARK]: 'u1' },
    })
  })

  const serviceEndpoints = [{ name: 's3', url: 'https://s3.local' }]

  it.each<readonly [string, Storage, string]>([
    ['is all left open', anS3Bucket({ region: '' }), 'https://s3.local'],
    ['is a region', anS3Bucket({ region: 'us-east-1' }), ''],
    ['is an endpoint', anS3Bucket({ regionEndpoint: 'https://mine' }), 'https://mine'],
  ])('is at one address for us and for the registry, where what is said of it %s', (...given) => {
    const [, storage, endpoint] = given
    const facts = aws({ serviceEndpoints })
    expect(target(storage, facts).connection).toMatchObject({ _tag: 'S3', endpoint })
    const registry = storageContribution({ storage }, facts)
    const told = E.isRight(registry) ? registry.right.variables : []
    const [address] = told.filter(({ name }) => name === 'REGISTRY_STORAGE_S3_REGIONENDPOINT')
    expect(told.map(({ name }) => name)).toContain('REGISTRY_STORAGE_S3_REGION')
    expect(address?.['value'] ?? '').toBe(endpoint)
  })
})

it.each<readonly [string, Storage, ReadonlyArray<string>]>([
  ['s3', anS3Bucket({ bucket: '', region: '' }), ['bucket', 'region']],
  ['gcs', aGcsBucket({ bucket: '' }), ['bucket']],
  ['azure', anAzureContainer({ accountName: '', container: '' }), ['accountName', 'container']],
  ['swift', aSwiftContainer({ container: '' }), ['container']],
  ['ibmcos', anIbmBucket({ bucket: '', location: '' }), ['bucket', 'location']],
])('nobody is asked for a storage of %s before it is said which one it is', (...given) => {
  const [backend, storage, missing] = given
  expect(found(storage, on({ type: 'None' }))).toEqual(
    E.left({ _tag: 'StorageNotProvisioned', backend, missing }),
  )
})

it('may have been made by the original operator on OpenShift only', () => {
  const formerOn = (platform: ClusterFacts['platform']) =>
    target(anS3Bucket(), {
      ...on({ type: 'AWS', aws: { region: 'us-east-1' } }),
      platform,
    }).parts.map(({ formerMarks }) => formerMarks)
  expect(formerOn('OpenShift')).toEqual([{ 'kubernetes.io/cluster/test-abc12': 'owned' }])
  expect(formerOn('Kubernetes')).toEqual([{}])
})
