import { describe, expect, it } from 'vitest'

import { hasTitle, repeated, rowsIn, rowsOf, testProblems, type Row } from './tested-rows'

const numbered = (prefix: string, last: number): ReadonlyArray<string> =>
  Array.from({ length: last }, (_, index) => `${prefix}${index + 1}`)

const sections = (section: number, last: number): ReadonlyArray<string> =>
  numbered(`${section}.`, last)

/** Everything that has a number in the description of the original: sections, and the items of their lists. */
const IDS: ReadonlyArray<string> = [
  ...sections(1, 5),
  ...numbered('1.4#', 7),
  ...numbered('2#', 29),
  ...sections(3, 10),
  ...['3.4#1', ...numbered('3.4#A', 12), ...numbered('3.4#B', 2), ...numbered('3.4#C', 3)],
  ...[...numbered('3.4#D', 6), ...numbered('3.4#E', 2), ...numbered('3.4#F', 2)],
  ...numbered('3.10#', 7),
  ...sections(4, 17),
  ...sections(5, 6),
  ...numbered('5.1#', 5),
  ...sections(6, 7),
  ...numbered('6.2#', 4),
  ...sections(7, 7),
  ...[...numbered('7.3#', 6), ...numbered('7.6#', 8), ...numbered('7.7#', 5)],
  ...numbered('8#', 13),
  ...sections(8, 12),
  ...sections(9, 6),
  ...[...numbered('9.2#Available-', 8), ...numbered('9.2#Progressing-', 8)],
  ...['1', '2', '3', '4a', '4b', '5', '5b', '6', '7'].map((row) => `9.2#Degraded-${row}`),
  ...sections(10, 5),
  ...numbered('10.3#', 3),
  ...sections(11, 7),
  ...sections(12, 5),
  ...sections(13, 3),
  ...[...numbered('14#A', 23), ...numbered('14#B', 20), ...numbered('14#C', 11)],
  ...numbered('14#D', 19),
  ...numbered('15#', 52),
]

/** same, with or without more to say; the others with a reason. */
const VERDICT = /^(same([,:] \S.*)?|better: \S.*|different: \S.*)$/

const problemsOf = ({ id, fact, here, tests }: Row): ReadonlyArray<string> =>
  [
    fact === '' ? 'there is no fact' : undefined,
    VERDICT.test(here) ? undefined : `it is neither same, nor better or different and why: ${here}`,
    ...testProblems(tests),
  ].flatMap((problem) => (problem === undefined ? [] : [`${id}: ${problem}`]))

const rows = rowsIn('docs/compatibility.md')

describe('docs/compatibility.md', () => {
  it('has a row for every numbered fact of the original, once', () => {
    const ids = rows.map(({ id }) => id)
    expect(IDS.filter((id) => !ids.includes(id))).toEqual([])
    expect(ids.filter((id) => !IDS.includes(id))).toEqual([])
    expect(repeated(ids)).toEqual([])
  })

  it('says of every fact how it is here, with tests that are there', () => {
    expect(rows.flatMap(problemsOf)).toEqual([])
  })
})

describe('a row is refused', () => {
  const here = '`scripts/rules/compatibility.test.ts` "a row is refused"'

  it.each([
    ['that says nothing', '| 1.1 | a fact |  | ' + here + ' |', 'neither same'],
    ['that says something else', '| 1.1 | a fact | equal | ' + here + ' |', 'neither same'],
    ['that is better without saying how', `| 1.1 | a fact | better | ${here} |`, 'neither same'],
    ['that is different without a reason', `| 1.1 | a fact | different: | ${here} |`, 'neither'],
    ['without a fact', `| 1.1 |  | same | ${here} |`, 'no fact'],
    ['without a test', '| 1.1 | a fact | same |  |', 'names no test'],
    ['with anything but tests', `| 1.1 | a fact | same | ${here}; see there |`, 'names no test'],
    ['whose test file is gone', '| 1.1 | a | same | `scripts/gone.test.ts` "a" |', 'no test file'],
    ['whose test is no test', '| 1.1 | a | same | `scripts/check.mjs` "a" |', 'no test file'],
    [
      'whose golden case is gone',
      '| 1.1 | a | same | `packages/render/golden/gone` |',
      'no golden',
    ],
    ['that names a file only', '| 1.1 | a | same | `scripts/rules/lint.test.ts` |', 'not said'],
    ['whose test is gone', `| 1.1 | a | same | ${here.replace('refused', 'taken')} |`, 'no test "'],
  ])('%s', (_, line, problem) => {
    const [row] = rowsOf(line)
    expect(row === undefined ? [] : problemsOf(row)).toEqual([expect.stringContaining(problem)])
  })

  it('whose title stands in a comment only', () => {
    expect(hasTitle("  // it('makes nothing', () => {", 'makes nothing')).toBe(false)
    expect(hasTitle("  it('makes nothing', () => {", 'makes no')).toBe(true)
    expect(hasTitle("  it('A7, D13: makes nothing', () => {", 'makes nothing')).toBe(true)
    expect(hasTitle("  it('it makes nothing', () => {", 'makes nothing')).toBe(false)
  })

  it('that comes twice', () => {
    expect(repeated(['1.1', '1.2', '1.1'])).toEqual(['1.1'])
  })
})
