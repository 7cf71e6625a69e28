import { readFileSync, writeFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { basisOf, caseNames, pathOf, PLAINEST, RUNNING, snapshotOf } from './cases'
import { type Basis, files } from './files'
import { runningRegistryText } from './running-registry'
import { said } from './stages'

/** `pnpm golden` writes the files anew instead of comparing them. */
const REWRITE = process.env['GOLDEN'] === 'rewrite'

/** What is live of a registry that runs is what the operator has written: today's. */
if (REWRITE) writeFileSync(pathOf(RUNNING, 'input.yaml'), runningRegistryText())

const bases: ReadonlyArray<Basis> = [PLAINEST, RUNNING].map((name) => ({
  name,
  said: said(snapshotOf(name)),
}))

describe.each(caseNames)('%s', (name) => {
  const basis = bases.find((other) => other.name === basisOf(name))
  const expected = files(said(snapshotOf(name)), basis)

  it.each(Object.entries(expected))('%s', (file, text) => {
    if (REWRITE) writeFileSync(pathOf(name, file), text)
    expect(text).toBe(readFileSync(pathOf(name, file), 'utf8'))
  })
})

describe(RUNNING, () => {
  it('asks for nothing', () => {
    const { plan, desired, status } = said(snapshotOf(RUNNING))
    expect({ plan, withheld: desired.withheld, patches: status.patches }).toEqual({
      plan: [],
      withheld: [],
      patches: [],
    })
  })
})
