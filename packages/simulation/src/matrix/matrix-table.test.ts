import { expect, it } from 'vitest'

import { FAULTS } from '../faults'
import { effectKind } from './effect-kind'
import { matrixDocument } from './matrix-table'
import type { Result } from './matrix-tasks'

const well: Result = {
  scenario: 0,
  aimed: { effect: 'apply Service', fault: FAULTS[0] },
  harm: { [FAULTS[0]]: 1 },
  failures: [],
  report: '',
}
const chance: Result = {
  scenario: 0,
  harm: { 'all watches are cut': 2, [FAULTS[1]]: 1 },
  failures: [],
  report: '',
}

const documentOf = (...results: ReadonlyArray<Result>): string =>
  matrixDocument({ results, histories: results.length, firstSeed: 5 })

it('a cell says how many histories were played, and how many failed', () => {
  const failed = { ...well, failures: ['operator 1 writes while the lease is nobody’s: …'] }
  const text = documentOf(well, well, failed)
  expect(text).toContain('| apply Service | 3 / **1** | 0 / 0 |')
  expect(text).toMatch(/\*\*R13\*\*: [^|]+ \| 3 \/ \*\*1\*\* \|/)
  expect(text).toMatch(/\*\*R10\*\*: [^|]+ \| 3 \/ 0 \|/)
  expect(text).toContain('3 histories: 3 with one fault each')
  expect(text).toContain('; 1 failed')
})

it('what was old or out of order counts where that is asked', () => {
  const text = documentOf(well, chance)
  expect(text).toMatch(/\*\*R3\*\*: [^|]+ \| 1 \/ 0 \|/)
  expect(text).toMatch(/\*\*R4\*\*: [^|]+ \| 0 \/ 0 \|/)
  expect(text).toContain('| all watches are cut | 1 | 2 |')
  expect(text).toContain('(seeds 5 to 5)')
})

it('a failure that is of no property is told all the same', () => {
  expect(documentOf({ ...chance, failures: ['something else'] })).toContain(
    '1 histories failed in another way',
  )
})

it.each([
  ['apply Deployment image-registry', 'apply Deployment'],
  ['apply Config cluster/status', 'apply Config/status'],
  ['set Tagged of bucket images', 'set Tagged of bucket'],
])('%s is a write of the kind %s', (words, kind) => {
  expect(effectKind(words)).toBe(kind)
})
