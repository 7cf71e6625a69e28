import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { redact } from '../src/decode/manifest/redact'
import type { Json, KubeObject } from '../src/model'
import { isJsonObject } from '../src/model'
import { permuted } from '../src/testing/permuted'
import { caseNames, snapshotOf } from './cases'
import { files } from './files'
import { said } from './stages'

const SECRET = 'a secret that must not be seen'
const ENCODED = Buffer.from(SECRET).toString('base64')

/** The object with values where the case has digests of secrets, as the API server has it. */
const withSecrets = (object: KubeObject): KubeObject => {
  if (object.kind !== 'Secret' && object.kind !== 'Config') return object
  return revealed(object, object.kind === 'Secret' ? ENCODED : SECRET) as KubeObject
}

const revealed = (value: Json, secret: string): Json => {
  if (typeof value === 'string') return value.replace(/^sha256:([0-9a-f])\1{63}$/, secret)
  return isJsonObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, field]) => [key, revealed(field, secret)]),
      )
    : value
}

describe.each(caseNames)('%s', (name) => {
  const snapshot = snapshotOf(name)

  it('reads the same whatever the order of its objects and of their fields', () => {
    const expected = files(said(snapshot))
    const another = fc
      .shuffledSubarray([...snapshot], { minLength: snapshot.length })
      .chain((objects) => permuted(objects))
    fc.assert(
      fc.property(another, (same) => {
        expect(files(said(same))).toEqual(expected)
      }),
      { numRuns: 5 },
    )
  })

  it('shows no value of a secret anywhere', () => {
    const open = snapshot.map(withSecrets)
    const shown = JSON.stringify(said(open.map(redact)))
    expect(shown).not.toContain(SECRET)
    expect(shown).not.toContain(ENCODED)
  })
})

describe('the secrets of the cases', () => {
  it('are there to be seen where nobody hides them', () => {
    const open = caseNames.flatMap((name) => snapshotOf(name).map(withSecrets))
    expect(JSON.stringify(open)).toContain(SECRET)
    expect(JSON.stringify(open)).toContain(ENCODED)
  })
})
