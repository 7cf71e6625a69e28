import { describe, expect, it } from 'vitest'

import { rowsIn, rowsOf, testProblems, type Row } from './tested-rows'

/** As many as the description of the original numbers. */
const LAST = 33

const problemsOf = ({ id, fact, here, tests }: Row): ReadonlyArray<string> =>
  [
    ...(fact === '' ? ['there is no trap'] : []),
    ...(here === '' ? ['what is here in its place is not said'] : []),
    ...testProblems(tests),
  ].map((problem) => `${id}: ${problem}`)

const rows = rowsIn('docs/storage-traps.md')

describe('docs/storage-traps.md', () => {
  it('has a row for every trap, once and in order', () => {
    expect(rows.map(({ id }) => id)).toEqual(
      Array.from({ length: LAST }, (_, index) => `${index + 1}`),
    )
  })

  it('says of every trap what is here in its place, with tests that are there', () => {
    expect(rows.flatMap(problemsOf)).toEqual([])
  })

  it.each([
    ['| 1 |  | safe | `scripts/rules/storage-traps.test.ts` "docs" |', 'no trap'],
    ['| 1 | a trap |  | `scripts/rules/storage-traps.test.ts` "docs" |', 'not said'],
    ['| 1 | a trap | safe |  |', 'names no test'],
    ['| 1 | a trap | safe | `scripts/rules/lint.test.ts` "is gone" |', 'has no test'],
  ])('may not have the row %s', (line, problem) => {
    const [row] = rowsOf(line)
    expect(row === undefined ? [] : problemsOf(row)).toEqual([expect.stringContaining(problem)])
  })
})
