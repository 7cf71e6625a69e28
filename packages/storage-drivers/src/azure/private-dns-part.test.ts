import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { armScope, refusal } from '../testing/some-azure'
import { privateDnsPart } from './private-dns-part'

const absent = () => Promise.reject(refusal(404, 'ResourceNotFound'))

type Zone = { readonly tags: object; readonly numberOfVirtualNetworkLinks?: number }

const RECORD = 'rg/privatelink.blob.core.windows.net/A/account1'

/** A zone that remains after its group, record and link have gone. */
const leftOver = (zone: Zone, types: ReadonlyArray<string>) => {
  let isThere = true
  const gone = { submitted: async () => undefined }
  const records = new Set([RECORD, 'rg/privatelink.blob.core.windows.net/A/another'])
  const part = privateDnsPart(
    armScope({
      network: { privateDnsZoneGroups: { get: absent, delete: () => gone } },
      dns: {
        recordSets: {
          delete: async (...path: ReadonlyArray<unknown>) =>
            records.delete(path.slice(0, 4).join('/')) ? undefined : absent(),
          list: () => ({
            byPage: () =>
              [types.map((type) => ({ type: `Microsoft.Network/privateDnsZones/${type}` }))][
                Symbol.iterator
              ](),
          }),
        },
        virtualNetworkLinks: { get: absent, delete: () => gone },
        privateZones: {
          get: async () => (isThere ? zone : absent()),
          delete: () => ({
            submitted: async () => {
              isThere = false
            },
          }),
        },
      },
    }),
  )
  return { remove: async () => part?.remove(), isThere: () => isThere, records }
}

describe('removing private names', () => {
  it('takes along a zone of ours that nobody uses any more', async () => {
    const { remove, isThere } = leftOver({ tags: { mark: 'ours' } }, ['SOA'])
    expect(await remove()).toEqual(E.right(undefined))
    expect(isThere()).toBe(false)
  })

  it('takes along the name of the account, and no other one', async () => {
    const { remove, records } = leftOver({ tags: { mark: 'theirs' } }, ['SOA', 'A'])
    expect(await remove()).toEqual(E.right(undefined))
    expect([...records]).toEqual(['rg/privatelink.blob.core.windows.net/A/another'])
  })

  it('leaves a zone that others have names in, look into, or have made', async () => {
    for (const { remove, isThere } of [
      leftOver({ tags: { mark: 'ours' } }, ['SOA', 'A']),
      leftOver({ tags: { mark: 'ours' }, numberOfVirtualNetworkLinks: 1 }, ['SOA']),
      leftOver({ tags: { mark: 'theirs' } }, ['SOA']),
    ]) {
      expect(await remove()).toEqual(E.right(undefined))
      expect(isThere()).toBe(true)
    }
  })
})
