import * as O from 'fp-ts/Option'
import { describe, expect, it } from 'vitest'

import { tokenClaims } from './token-claims'

const token = (claims: unknown): string =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`

describe('the claims of a token', () => {
  it('are the account and whoever asks', () => {
    expect(tokenClaims(token({ iam_id: 'iam-1', account: { bss: 'a1' } }))).toEqual(
      O.some({ accountId: 'a1', iamId: 'iam-1' }),
    )
  })

  it.each([
    ['nothing', ''],
    ['no token', 'abc'],
    ['a middle that is no JSON', 'e30.!!!.c2ln'],
    ['a middle that is a list', token([])],
    ['no account', token({ iam_id: 'iam-1' })],
    ['an account without a number', token({ iam_id: 'iam-1', account: { bss: 1 } })],
  ])('are not in %s', (_name, text) => {
    expect(tokenClaims(text)).toEqual(O.none)
  })
})
