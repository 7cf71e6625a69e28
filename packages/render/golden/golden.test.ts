import { readFileSync, writeFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { caseNames, pathOf, snapshotOf } from './cases'
import { files, PLAINEST } from './files'
import { said } from './stages'

/** `pnpm golden` writes the files anew instead of comparing them. */
const REWRITE = process.env['GOLDEN'] === 'rewrite'

const plainest = said(snapshotOf(PLAINEST))

describe.each(caseNames)('%s', (name) => {
  const expected = files(said(snapshotOf(name)), name === PLAINEST ? undefined : plainest)

  it.each(Object.entries(expected))('%s', (file, text) => {
    if (REWRITE) writeFileSync(pathOf(name, file), text)
    expect(text).toBe(readFileSync(pathOf(name, file), 'utf8'))
  })
})
