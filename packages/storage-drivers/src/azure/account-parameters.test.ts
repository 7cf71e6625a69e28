import type { StoragePart } from '@image-registry-operator/render/model'
import { describe, expect, it } from 'vitest'

import { accountChange, newAccount } from './account-parameters'
import { accountFound } from './account-sight'

const PART: StoragePart = {
  kind: 'account',
  name: 'account1',
  marks: { mark: 'ours' },
  formerMarks: {},
  isGeneratedName: true,
  settings: [{ name: 'Tagged', wanted: { 'a.user': 'tag', mark: 'not this' } }],
  holdsImages: false,
}

const AZURE = { location: 'eastus', isStack: false }

describe('a new account', () => {
  it('is closed, and tagged, from the start; nothing takes the place of a mark', () => {
    expect(newAccount(PART, AZURE)).toEqual({
      location: 'eastus',
      sku: { name: 'Standard_LRS' },
      kind: 'StorageV2',
      tags: { 'a.user': 'tag', mark: 'ours' },
      enableHttpsTrafficOnly: true,
      minimumTlsVersion: 'TLS1_2',
      allowBlobPublicAccess: false,
    })
  })

  it('takes no keys where nobody is to use any', () => {
    const settings = [{ name: 'SharedKeyAccess', wanted: { allowed: false } }] as const
    expect(newAccount({ ...PART, settings }, AZURE)).toMatchObject({ allowSharedKeyAccess: false })
  })

  it('is what Azure Stack Hub knows, on Azure Stack Hub', () => {
    expect(newAccount(PART, { ...AZURE, isStack: true })).toEqual({
      location: 'eastus',
      sku: { name: 'Standard_LRS' },
      kind: 'Storage',
      tags: { 'a.user': 'tag', mark: 'ours' },
    })
  })
})

describe('a setting of an account', () => {
  const found = { location: 'eastus', tags: { theirs: 'stays', ours: 'old' } }
  it('that is tags keeps those of others', () => {
    expect(accountChange({ name: 'Tagged', wanted: { ours: 'new' } }, found)).toEqual({
      tags: { theirs: 'stays', ours: 'new' },
    })
  })

  it('changes what it is about, and nothing else', () => {
    const change = (name: Parameters<typeof accountChange>[0]['name'], wanted: object) =>
      accountChange({ name, wanted: { ...wanted } }, found)
    expect(change('TransportSecured', { httpsOnly: true, minimumTls: 'TLS1_2' })).toEqual({
      enableHttpsTrafficOnly: true,
      minimumTlsVersion: 'TLS1_2',
    })
    expect(change('PublicAccessBlocked', { allowBlobPublicAccess: false })).toEqual({
      allowBlobPublicAccess: false,
    })
    expect(change('SharedKeyAccess', { allowed: false })).toEqual({ allowSharedKeyAccess: false })
    expect(change('NetworkAccess', { public: 'Disabled' })).toEqual({
      publicNetworkAccess: 'Disabled',
    })
    expect(change('Encrypted', {})).toBeUndefined()
  })
})

describe('an account that is seen', () => {
  it('with a stricter TLS is as good as one with TLS 1.2', () => {
    const tls = (minimumTlsVersion: string) =>
      accountFound({ location: 'eastus', minimumTlsVersion }, false)
    expect(tls('TLS1_3')).toMatchObject({
      settings: { TransportSecured: { value: { minimumTls: 'TLS1_2' } } },
    })
    expect(tls('TLS1_1')).toMatchObject({
      settings: { TransportSecured: { value: { minimumTls: 'TLS1_1' } } },
    })
  })

  it('that has never been told anything is open to keys and networks', () => {
    expect(accountFound({ location: 'eastus' }, false)).toMatchObject({
      marks: {},
      settings: {
        SharedKeyAccess: { value: { allowed: true } },
        NetworkAccess: { value: { public: 'Enabled' } },
        PublicAccessBlocked: { value: { allowBlobPublicAccess: null } },
      },
    })
  })

  it('has tags and nothing else on Azure Stack Hub', () => {
    expect(accountFound({ location: 'eastus', tags: { mark: 'ours' } }, true)).toMatchObject({
      marks: { mark: 'ours' },
      settings: {
        Tagged: { _tag: 'Found' },
        TransportSecured: { _tag: 'NotSupported' },
        NetworkAccess: { _tag: 'NotSupported' },
      },
    })
  })
})
