import { userLines } from '@image-registry-operator/render/model'
import { compare } from 'bcryptjs'
import { expect, it } from 'vitest'

import { bcryptHash } from './bcrypt-hash'

it('makes hashes that a registry reads, and never the same twice', async () => {
  const hashes = await Promise.all([bcryptHash('secret')(), bcryptHash('secret')()])
  expect(new Set(hashes).size).toBe(2)
  for (const hash of hashes) {
    expect(userLines(`admin:${hash}`)).toBe(`admin:${hash}\n`)
    expect(await compare('secret', hash)).toBe(true)
    expect(await compare('Secret', hash)).toBe(false)
  }
})
