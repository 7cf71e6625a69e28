import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { armScope, refusal } from '../testing/some-azure'
import { accountKey } from './account-key'
import { askingContainer } from './container-access'

/** An account with a key that changes when it is told; listings are counted. */
const account = (keys: ReadonlyArray<string>, taken: string) => {
  let listings = 0
  const scope = armScope({
    storage: {
      storageAccounts: {
        listKeys: async () => ({ keys: [{ value: keys[Math.min(listings++, keys.length - 1)] }] }),
      },
    },
    container: (key) => ({
      getProperties: async () =>
        key === taken ? { metadata: {} } : Promise.reject(refusal(403, 'AuthenticationFailed')),
    }),
  })
  const known: boolean[] = []
  const key = accountKey(scope, (wasKnown) => () => void known.push(wasKnown))
  const ask = askingContainer(scope, { _tag: 'ToldKey', key })
  return {
    look: () => ask('GetContainerProperties', (container) => container.getProperties())(),
    key,
    listings: () => listings,
    known,
  }
}

describe('a key of an account', () => {
  it('is asked for once', async () => {
    const { look, listings } = account(['k1'], 'k1')
    expect(E.isRight(await look())).toBe(true)
    expect(E.isRight(await look())).toBe(true)
    expect(listings()).toBe(1)
  })

  it('that is not taken any more is asked for anew, and is then the one to be told', async () => {
    const { look, key, listings, known } = account(['old', 'new'], 'new')
    expect(E.isRight(await look())).toBe(true)
    expect(await key.read()).toEqual(E.right('new'))
    expect(listings()).toBe(2)
    expect(known).toEqual([false, false, true])
  })

  it('that is never taken is not asked for without an end', async () => {
    const { look, listings } = account(['k1'], 'another')
    expect(await look()).toMatchObject(E.left({ _tag: 'CredentialsRefused' }))
    expect(listings()).toBe(2)
  })

  it('that the account does not tell is a matter of permissions', async () => {
    const { look } = account([''], 'k1')
    expect(await look()).toMatchObject(
      E.left({ _tag: 'AccessDenied', operation: 'ListAccountKeys' }),
    )
  })

  it('that somebody has given is the only one', async () => {
    const scope = armScope({
      container: () => ({
        getProperties: () => Promise.reject(refusal(403, 'AuthenticationFailed')),
      }),
    })
    const ask = askingContainer(scope, { _tag: 'GivenKey', key: 'k1' })
    const look = ask('GetContainerProperties', (container) => container.getProperties())
    expect(await look()).toMatchObject(E.left({ _tag: 'CredentialsRefused' }))
  })
})
