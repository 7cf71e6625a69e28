import * as O from 'fp-ts/Option'
import { describe, expect, it } from 'vitest'

import { cloudsSecret } from './clouds-secret'

describe('a secret value of a clouds.yaml', () => {
  it('is the text that is written there', () => {
    const text = 'clouds: {mine: {auth: {password: 0123, token: ""}}}'
    expect(cloudsSecret(text, 'mine', 'password')).toEqual(O.some('0123'))
    expect(cloudsSecret(text, 'mine', 'token')).toEqual(O.none)
    expect(cloudsSecret(text, 'mine', 'username')).toEqual(O.none)
    expect(cloudsSecret(text, 'other', 'password')).toEqual(O.none)
    expect(cloudsSecret('clouds: {', 'mine', 'password')).toEqual(O.none)
  })
})
