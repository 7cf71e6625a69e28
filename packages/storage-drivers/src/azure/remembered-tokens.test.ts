import { expect, it } from 'vitest'

import { rememberingCredential } from './remembered-tokens'

const HOUR_MS = 3_600_000

const holding = () => {
  let time = 0
  let given = 0
  const tokens = new Map()
  const credentialOf = (holder: string) =>
    rememberingCredential(
      { tokens, holder, now: () => time },
      {
        getToken: async () => ({ token: `t${++given}`, expiresOnTimestamp: time + HOUR_MS }),
      },
    )
  return {
    token: async (holder: string, scope = 'arm', options = {}) =>
      (await credentialOf(holder).getToken(scope, options))?.token,
    pass: (ms: number) => {
      time += ms
    },
  }
}

it('a token is asked for once, until it has nearly ended', async () => {
  const { token, pass } = holding()
  expect(await token('a')).toBe('t1')
  pass(HOUR_MS - 6 * 60_000)
  expect(await token('a')).toBe('t1')
  pass(2 * 60_000)
  expect(await token('a')).toBe('t2')
})

it('nobody gets a token that was given to somebody else, or for something else', async () => {
  const { token } = holding()
  expect(await token('a')).toBe('t1')
  expect(await token('b')).toBe('t2')
  expect(await token('a', 'blobs')).toBe('t3')
  expect(await token('a')).toBe('t1')
})

it('a service that wants another one gets another one', async () => {
  const { token } = holding()
  expect(await token('a')).toBe('t1')
  expect(await token('a', 'arm', { claims: '{}' })).toBe('t2')
  expect(await token('a')).toBe('t2')
})
