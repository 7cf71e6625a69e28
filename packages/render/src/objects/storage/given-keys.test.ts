import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import type { ClusterFacts, Storage, StorageKnown } from '../../model'
import { names } from '../../model'
import { someContent, someFacts } from '../../testing/some-facts'
import { anAzureContainer, anIbmBucket } from '../../testing/some-storage'
import { storageContribution } from './storage-contribution'

const KEYS = { accountKey: 'sha256:a', id: 'sha256:b', secret: 'sha256:c' }

const looked = (place: string, keys: { readonly [name: string]: string } = KEYS): StorageKnown => ({
  _tag: 'Looked',
  target: 'sha256:t',
  place,
  keys,
  troubles: [],
})

const minted = (...keys: ReadonlyArray<string>) =>
  someContent(
    'Secret',
    names.MINTED_CREDENTIALS_SECRET,
    Object.fromEntries(keys.map((key) => [key, 'x'])),
  )
const PRINCIPAL = minted('azure_client_id', 'azure_tenant_id', 'azure_client_secret')
const API_KEY = minted('ibmcloud_api_key')

const said = (storage: Storage, changes: Partial<ClusterFacts>) =>
  storageContribution({ storage }, someFacts(changes))

const entriesOf = (storage: Storage, changes: Partial<ClusterFacts>): unknown => {
  const found = said(storage, changes)
  return E.isRight(found) ? found.right.secretEntries : found.left
}

const given = (name: string) => ({
  _tag: 'CopyOf',
  ref: { apiVersion: names.SEEN_API_VERSION, kind: 'StorageKeys', name: 'cluster' },
  path: ['data', name],
  digest: KEYS[name as keyof typeof KEYS],
})

describe('keys that a cloud gives', () => {
  it('open a container of Azure where the cluster has a secret of its cloud only', () => {
    const storage = looked('azure/account/images')
    expect(entriesOf(anAzureContainer(), { contents: [PRINCIPAL], storage })).toMatchObject([
      {
        key: 'REGISTRY_STORAGE_AZURE_ACCOUNTKEY',
        source: { _tag: 'Composed', form: 'variable', parts: [given('accountKey')] },
      },
    ])
  })

  it('open a bucket of IBM where there is a key of its cloud only', () => {
    const storage = looked('ibmcos/images')
    const user = someContent('Secret', names.USER_CREDENTIALS_SECRET, {
      REGISTRY_STORAGE_IBMCOS_IAMAPIKEY: 'x',
    })
    for (const contents of [[API_KEY], [user]])
      expect(entriesOf(anIbmBucket(), { contents, storage })).toMatchObject([
        {
          key: 'credentials',
          source: {
            parts: [
              '[default]\naws_access_key_id = ',
              given('id'),
              '\naws_secret_access_key = ',
              given('secret'),
              '\n',
            ],
          },
        },
      ])
  })

  it.each<StorageKnown>([
    { _tag: 'Nobody' },
    { _tag: 'Awaited' },
    looked('azure/account/images', { other: 'sha256:d' }),
    looked('azure/account/other'),
  ])('are awaited as long as they are not there, or of another storage: %j', (storage) => {
    expect(entriesOf(anAzureContainer(), { contents: [PRINCIPAL], storage })).toEqual({
      _tag: 'StorageAwaited',
      backend: 'azure',
      keys: ['accountKey'],
    })
    expect(entriesOf(anIbmBucket(), { contents: [API_KEY], storage })).toEqual({
      _tag: 'StorageAwaited',
      backend: 'ibmcos',
      keys: ['id', 'secret'],
    })
  })

  it('do not count where a person gives others', () => {
    const user = someContent('Secret', names.USER_CREDENTIALS_SECRET, {
      REGISTRY_STORAGE_AZURE_ACCOUNTKEY: 'x',
      REGISTRY_STORAGE_S3_ACCESSKEY: 'x',
      REGISTRY_STORAGE_S3_SECRETKEY: 'x',
      REGISTRY_STORAGE_IBMCOS_IAMAPIKEY: 'x',
    })
    for (const storage of [anAzureContainer(), anIbmBucket()])
      expect(JSON.stringify(entriesOf(storage, { contents: [user, PRINCIPAL] }))).not.toContain(
        'StorageKeys',
      )
  })

  it('are asked for with an API key where half a pair is given', () => {
    const user = someContent('Secret', names.USER_CREDENTIALS_SECRET, {
      REGISTRY_STORAGE_S3_ACCESSKEY: 'x',
    })
    expect(entriesOf(anIbmBucket(), { contents: [user, API_KEY] })).toMatchObject({
      _tag: 'CredentialsMissing',
      keys: ['REGISTRY_STORAGE_IBMCOS_IAMAPIKEY'],
    })
  })
})
