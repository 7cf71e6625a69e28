import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { redact } from '../src/decode/manifest/redact'
import { permuted } from '../src/testing/permuted'
import { caseNames, snapshotOf } from './cases'
import { files } from './files'
import { ENCODED, SECRET, withSecrets } from './secrets'
import { type Said, said } from './stages'

/** All that a pass writes and tells. */
const told = (all: Said) => ({ ...files(all), events: JSON.stringify(all.events) })

describe.each(caseNames)('%s', (name) => {
  const snapshot = snapshotOf(name)

  it('reads the same whatever the order of its objects and of their fields', () => {
    const expected = told(said(snapshot))
    const another = fc
      .shuffledSubarray([...snapshot], { minLength: snapshot.length })
      .chain((objects) => permuted(objects))
    fc.assert(
      fc.property(another, (same) => {
        expect(told(said(same))).toEqual(expected)
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
