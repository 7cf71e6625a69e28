import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import type { ClusterFacts } from '../../model'
import { names } from '../../model'
import { aConfig } from '../../testing/a-config'
import { renderConfig } from '../../testing/render-config'
import { someContent, someFacts } from '../../testing/some-facts'
import { anAzureContainer } from '../../testing/some-storage'
import { storageTarget } from '../storage-target/storage-target'

const PRINCIPAL = {
  azure_client_id: 'a',
  azure_tenant_id: 'b',
  azure_subscription_id: 'c',
  azure_federated_token_file: 'd',
}

const contents = (entries: { readonly [key: string]: string }) => [
  someContent('Secret', names.MINTED_CREDENTIALS_SECRET, entries),
]

const facts = (changes: Partial<ClusterFacts>) =>
  someFacts({ platform: 'Kubernetes', fsGroup: E.right(1000), ...changes })

const found = (changes: Partial<ClusterFacts>) =>
  storageTarget(
    { storage: anAzureContainer(), proxy: { http: '', https: '', noProxy: '' }, uid: 'u1' },
    facts(changes),
  )

const GROUP_MISSING = {
  _tag: 'CredentialsMissing',
  namespace: names.REGISTRY_NAMESPACE,
  names: [names.MINTED_CREDENTIALS_SECRET],
  keys: ['azure_resourcegroup'],
}

describe('an account of Azure, on plain Kubernetes', () => {
  it('is made in no group that nobody has named, and no pod waits for it', () => {
    const unnamed = { contents: contents(PRINCIPAL) }
    expect(found(unnamed)).toEqual(E.left(GROUP_MISSING))
    const { withheld } = renderConfig(aConfig({ storage: anAzureContainer() }), facts(unnamed))
    expect(withheld).toContainEqual(
      expect.objectContaining({
        ref: expect.objectContaining({ kind: 'Deployment' }) as unknown,
        problem: GROUP_MISSING,
      }),
    )
  })

  it('belongs into the group that its credentials name, empty names not counted', () => {
    const named = contents({ ...PRINCIPAL, azure_resourcegroup: 'images' })
    expect(found({ contents: named })).toMatchObject({
      right: {
        connection: { resourceGroup: '' },
        credentials: { values: { resourceGroup: { path: ['data', 'azure_resourcegroup'] } } },
      },
    })
    const empty = contents({ ...PRINCIPAL, azure_resourcegroup: '' })
    expect(found({ contents: empty })).toEqual(E.left(GROUP_MISSING))
  })

  it('needs no group where somebody gives a key of it', () => {
    const key = someContent('Secret', names.USER_CREDENTIALS_SECRET, {
      REGISTRY_STORAGE_AZURE_ACCOUNTKEY: 'key',
    })
    expect(E.isRight(found({ contents: [key, ...contents(PRINCIPAL)] }))).toBe(true)
  })

  it('misses its credentials first of all where there are none', () => {
    expect(found({ contents: [] })).toMatchObject({
      left: { names: [names.USER_CREDENTIALS_SECRET, names.MINTED_CREDENTIALS_SECRET] },
    })
  })

  it('is where the cluster says, on OpenShift', () => {
    expect(E.isRight(found({ platform: 'OpenShift', contents: contents(PRINCIPAL) }))).toBe(true)
  })
})
