import { describe, expect, it } from 'vitest'

import { caseNames, type CompatibilityCase, loadCase } from './testing/compatibility/case'
import { missingAuthorities } from './testing/compatibility/case-groups'
import { askedFor, caseWorld } from './testing/compatibility/case-world'
import { compared } from './testing/compatibility/compared'
import { fieldAt, type Fields } from './testing/compatibility/fields'
import { foundDifferences } from './testing/compatibility/found-differences'
import { ownedWork } from './testing/compatibility/owned-work'
import { pastDifferences } from './testing/compatibility/past-differences'
import { verdictOf } from './testing/compatibility/verdict'
import type { Way } from './testing/simulated-cluster/asked'
import { atRest } from './testing/simulated-cluster/simulated-cluster'

/** `all` tries every pair, which takes most of an hour. */
const PAIRS = process.env['PAIRS'] === 'all' ? Infinity : 300
const WAYS: ReadonlyArray<Way> = ['replace', 'apply']

const cases = caseNames()
  .map(loadCase)
  .filter(({ config }) => config !== null)

const stateOf = ({ config }: CompatibilityCase): unknown => config?.['managementState']

type Fresh = Readonly<{ given: CompatibilityCase; way: Way; work: ReadonlyArray<Fields> }>

const fresh = (way: Way): ReadonlyArray<Fresh> =>
  cases.map((given) => ({ given, way, work: ownedWork(atRest(caseWorld(given, way)), given) }))

/**
 * Where an operator comes to the end of what is asked of it. It leaves as it is what is not its own to manage, what it
 * cannot make sense of, and what it lacks something for: what is there then depends on what was.
 */
const isAnEnd = ({ given, work }: Fresh): boolean =>
  stateOf(given) !== 'Unmanaged' &&
  /^T \w+ \/ F \w+ \/ F AsExpected$/.test(verdictOf(work)) &&
  !missingAuthorities.includes(given.name)

const ends = WAYS.flatMap(fresh).filter(isAnEnd)

/** The same numbers every time, spread over everything (a linear congruential generator). */
const spread = (count: number, below: number): ReadonlyArray<number> =>
  Array.from({ length: count })
    .reduce<ReadonlyArray<number>>(
      (all) => [...all, ((all.at(-1) ?? 1) * 1_103_515_245 + 12_345) % 2_147_483_648],
      [],
    )
    .map((number) => Math.floor((number / 2_147_483_648) * below))

type Pair = Readonly<{ from: CompatibilityCase; to: Fresh }>

const storageOf = ({ config }: CompatibilityCase): unknown => config?.['storage']

/** Who applies a Config and takes a claim out of it that we made for him keeps it, and his images, until he chooses another storage. */
const keepsItsClaim = ({ from, to: { given, way } }: Pair): boolean =>
  way === 'apply' &&
  storageOf(given) === undefined &&
  fieldAt(storageOf(from), 'pvc') !== undefined &&
  fieldAt(storageOf(from), 'pvc', 'claim') === undefined

const everyPair = cases
  .flatMap((from) => ends.map((to) => ({ from, to })))
  .filter((pair) => !keepsItsClaim(pair))
const pairs =
  everyPair.length <= PAIRS
    ? everyPair
    : spread(PAIRS, everyPair.length).flatMap((index) => everyPair[index] ?? [])

const unexpected = (
  from: CompatibilityCase,
  { given, way, work }: Fresh,
): ReadonlyArray<string> => {
  const { facts, imagePruner } = given
  const before = atRest(caseWorld({ ...from, facts, imagePruner }, way))
  const after = ownedWork(atRest(askedFor(given, way)(before)), given)
  return compared(
    pastDifferences,
    `${from.name} → ${given.name} (${way})`,
    foundDifferences(work, after),
  ).unexpected
}

describe('whatever a Config asked for before, what it asks for now', () => {
  it('can be tried with most of the cases', () => {
    expect(cases.length).toBeGreaterThan(60)
    expect(ends.length).toBeGreaterThan(200)
    expect(ends.every(({ work }) => fieldAt(work[0], 'held') !== undefined)).toBe(true)
  })

  it('is what a new operator would make of it', { timeout: 3_600_000 }, () => {
    expect(pairs.flatMap(({ from, to }) => unexpected(from, to))).toEqual([])
  })
})
