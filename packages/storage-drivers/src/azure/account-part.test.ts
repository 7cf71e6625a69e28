import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { armScope, refusal } from '../testing/some-azure'
import { accountPart } from './account-part'

type Account = { readonly tags: object; readonly provisioningState: string }

/** A resource group with at most one account of the name, which may be somebody else's elsewhere. */
const group = (given: {
  readonly account?: Account
  readonly isTaken?: boolean
  readonly mayAskForNames?: boolean
  readonly containers?: ReadonlyArray<string>
  /** So often the account is said not to be there, whatever is there. */
  readonly lies?: number
}) => {
  let account = given.account
  let lies = given.lies ?? 0
  const { isTaken = false, mayAskForNames = true, containers = [] } = given
  const storageAccounts = {
    checkNameAvailability: async () =>
      mayAskForNames
        ? { nameAvailable: account === undefined && !isTaken, reason: 'AlreadyExists' }
        : Promise.reject(refusal(403, 'AuthorizationFailed')),
    getProperties: async () => {
      lies -= 1
      return lies < 0 && account !== undefined
        ? account
        : Promise.reject(refusal(404, 'ResourceNotFound'))
    },
    listByResourceGroup: () => ({
      byPage: () =>
        [[], account === undefined ? [] : [{ ...account, name: 'account1' }]][Symbol.iterator](),
    }),
    create: (_group: string, _name: string, { tags }: Account) => ({
      submitted: async () => {
        if (isTaken) return Promise.reject(refusal(409, 'StorageAccountAlreadyTaken'))
        account = { tags, provisioningState: 'Succeeded' }
      },
    }),
    delete: async () => {
      account = undefined
    },
  }
  const blobContainers = {
    list: () => ({ byPage: () => [containers.map((name) => ({ name }))][Symbol.iterator]() }),
  }
  return {
    part: accountPart(armScope({ storage: { storageAccounts, blobContainers } }), undefined),
    account: () => account,
  }
}

const OURS = { tags: { mark: 'ours' }, provisioningState: 'Succeeded' }
const THEIRS = { tags: { mark: 'theirs' }, provisioningState: 'Succeeded' }

describe('making an account', () => {
  it('makes one with its marks where there is none', async () => {
    const { part, account } = group({})
    expect(await part.create()).toEqual(E.right(undefined))
    expect(account()).toEqual(OURS)
  })

  it('is done where it is there and ours', async () => {
    expect(await group({ account: OURS }).part.create()).toEqual(E.right(undefined))
  })

  it('is done where it is ours, and is said not to be there for a while', async () => {
    expect(await group({ account: OURS, lies: 5 }).part.create()).toEqual(E.right(undefined))
  })

  it("is refused where it is somebody else's and is said not to be there", async () => {
    const { part, account } = group({ account: THEIRS, lies: 5 })
    expect(await part.create()).toMatchObject(E.left({ _tag: 'NameTaken' }))
    expect(account()).toEqual(THEIRS)
  })

  it("is refused where it is somebody else's, and changes nothing", async () => {
    const { part, account } = group({ account: THEIRS })
    expect(await part.create()).toMatchObject(E.left({ _tag: 'NameTaken' }))
    expect(account()).toEqual(THEIRS)
    expect(await group({ isTaken: true }).part.create()).toMatchObject(
      E.left({ _tag: 'NameTaken' }),
    )
  })

  it('does without asking whether the name is free, where one may not ask', async () => {
    const { part, account } = group({ mayAskForNames: false })
    expect(await part.create()).toEqual(E.right(undefined))
    expect(account()).toEqual(OURS)
    const theirs = group({ mayAskForNames: false, account: THEIRS })
    expect(await theirs.part.create()).toMatchObject(E.left({ _tag: 'NameTaken' }))
    expect(theirs.account()).toEqual(THEIRS)
    expect(await group({ mayAskForNames: false, isTaken: true }).part.create()).toMatchObject(
      E.left({ _tag: 'NameTaken' }),
    )
  })
})

describe('removing an account', () => {
  it('takes along what is ours', async () => {
    const { part, account } = group({ account: OURS, containers: ['container1'] })
    expect(await part.remove()).toEqual(E.right(undefined))
    expect(account()).toBeUndefined()
  })

  it('is refused while somebody else keeps something in it', async () => {
    const { part, account } = group({ account: OURS, containers: ['container1', 'backups'] })
    expect(await part.remove()).toMatchObject(
      E.left({ _tag: 'StorageConflict', message: expect.stringContaining('backups') }),
    )
    expect(account()).toEqual(OURS)
  })
})
