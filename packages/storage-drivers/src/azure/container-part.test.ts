import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { armScope, refusal } from '../testing/some-azure'
import { askingContainer } from './container-access'
import { containerPart } from './container-part'
import { managedContainer } from './managed-container'

type Metadata = { readonly [name: string]: string }

/** An account that answers requests for its containers with a failure, and whose manager has one, or none. */
const shutOut = (failure: Error, given?: { readonly metadata: Metadata }, isThere = true) => {
  let container = given
  const no = () => Promise.reject(failure)
  const absent = () => Promise.reject(refusal(404, 'ResourceNotFound'))
  const scope = armScope({
    container: () => ({ getProperties: no, create: no, delete: no }),
    storage: {
      storageAccounts: { getProperties: async () => (isThere ? { tags: {} } : absent()) },
      blobContainers: {
        get: async () => container ?? Promise.reject(refusal(404, 'ContainerNotFound')),
        create: async (_group: string, _account: string, _name: string, made: typeof given) => {
          container = made
        },
        delete: async () => {
          container = undefined
        },
      },
    },
  })
  const ask = askingContainer(scope, { _tag: 'Token' })
  const part = containerPart(scope, ask, { managed: managedContainer(scope) })
  return { part, look: part.reads[0].read, container: () => container }
}

const CLOSED = refusal(403, 'AuthorizationFailure')
const NO_HOST = Object.assign(new Error('no such host'), { name: 'RestError', code: 'ENOTFOUND' })
const NOT_ALLOWED = refusal(403, 'AuthorizationPermissionMismatch')

describe('a container that one cannot get at', () => {
  it('is seen, made and removed by way of Azure Resource Manager', async () => {
    for (const failure of [CLOSED, NO_HOST]) {
      const { part, look, container } = shutOut(failure)
      expect(await look()).toEqual(E.right({ _tag: 'Absent' }))
      expect(await part.create()).toEqual(E.right(undefined))
      expect(await look()).toEqual(E.right({ _tag: 'Present', marks: { mark: 'ours' } }))
      expect(await part.create()).toEqual(E.right(undefined))
      expect(await part.remove()).toEqual(E.right(undefined))
      expect(container()).toBeUndefined()
    }
  })

  it("stays as it is when it is somebody else's", async () => {
    const theirs = { metadata: { mark: 'theirs' } }
    const { part, container } = shutOut(CLOSED, theirs)
    expect(await part.create()).toMatchObject(E.left({ _tag: 'NameTaken' }))
    expect(container()).toEqual(theirs)
  })

  it('has gone with its account', async () => {
    const { look } = shutOut(NO_HOST, { metadata: {} }, false)
    expect(await look()).toEqual(E.right({ _tag: 'Absent' }))
  })

  it('is not seen where permissions are missing, so that somebody hears of them', async () => {
    const { part, look, container } = shutOut(NOT_ALLOWED, { metadata: {} })
    expect(await look()).toMatchObject(E.left({ _tag: 'AccessDenied' }))
    expect(await part.remove()).toMatchObject(E.left({ _tag: 'AccessDenied' }))
    expect(container()).toBeDefined()
  })
})

/** Pages of blobs of ten bytes each; there is always another one. */
const endless = () => {
  let pages = 0
  const scope = armScope({
    container: () => ({
      listBlobsFlat: () => ({
        byPage: () => ({
          next: async () => {
            pages += 1
            const blobItems = [{ properties: { contentLength: 10 } }, { properties: {} }]
            return { value: { segment: { blobItems }, continuationToken: `page ${pages}` } }
          },
        }),
      }),
    }),
  })
  return containerPart(scope, askingContainer(scope, { _tag: 'Token' }), undefined)
}

it('what is in a container is counted up to a bound', async () => {
  expect(await endless().contents?.()).toEqual(
    E.right({ objects: 200, bytes: 1000, isWhole: false }),
  )
})
