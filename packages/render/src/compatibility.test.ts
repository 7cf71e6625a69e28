import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { caseNames, loadCase } from './testing/compatibility/case'
import { caseWorld, operatorsWork } from './testing/compatibility/case-world'
import { compared, partsOf } from './testing/compatibility/compared'
import { acceptedDifferences } from './testing/compatibility/differences'
import { foundDifferences } from './testing/compatibility/found-differences'
import { normalised } from './testing/compatibility/normalised'
import { ourVerdicts } from './testing/compatibility/our-verdicts'
import { loadRecorded } from './testing/compatibility/recorded'
import { verdictOf } from './testing/compatibility/verdict'
import { atRest } from './testing/simulated-cluster/simulated-cluster'

const names = caseNames()

const results = new Map(
  names.map((name) => {
    const given = loadCase(name)
    const ours = operatorsWork([...atRest(caseWorld(given)).values()], given.facts)
    const theirs = loadRecorded(name)
    const found = foundDifferences(theirs, normalised(ours, given))
    const verdicts = { ours: verdictOf(ours), theirs: verdictOf(theirs) }
    return [name, { ...compared(acceptedDifferences, name, found), verdicts }] as const
  }),
)

describe('what we make of a case is what the original made of it, apart from what is listed', () => {
  it.each(names)('%s', (name) => {
    expect(results.get(name)?.unexpected).toEqual([])
  })
})

describe('what the ClusterOperator says', () => {
  it('is something else in these cases only, and just this', () => {
    const others = [...results].filter(([, { verdicts }]) => verdicts.ours !== verdicts.theirs)
    expect(Object.fromEntries(others.map(([name, { verdicts }]) => [name, verdicts.ours]))).toEqual(
      ourVerdicts,
    )
  })
})

const rowsOf = (verdicts: ReadonlyArray<string>): ReadonlyArray<string> =>
  readFileSync(join(import.meta.dirname, '../../../docs/compatibility.md'), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, , , verdict = '']) => verdicts.includes(verdict.split(':')[0] ?? ''))
    .map(([, id = '']) => id)

describe('the list of differences', () => {
  it('has nothing in it that no case needs', () => {
    const needed = new Set([...results.values()].flatMap((result) => result.needed))
    expect(partsOf(acceptedDifferences).filter((part) => !needed.has(part))).toEqual([])
  })

  it('names rows that say better, or different', () => {
    const rows = rowsOf(['better', 'different'])
    const named = [...new Set(acceptedDifferences.map(({ row }) => row))]
    expect(rows.length).toBeGreaterThan(50)
    expect(named.filter((row) => !rows.includes(row))).toEqual([])
  })

  it('does not let anything else pass', () => {
    const other = {
      object: 'Deployment/n/image-registry',
      path: 'spec.replicas',
      theirs: 2,
      ours: 3,
    }
    expect(compared(acceptedDifferences, 'two-replicas', [other]).unexpected).toEqual([
      'two-replicas: Deployment/n/image-registry spec.replicas: theirs 2, ours 3',
    ])
  })
})
