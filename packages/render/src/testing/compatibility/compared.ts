import { acceptedAt, type AcceptedDifference } from './accepted-difference'
import type { FoundDifference } from './found-differences'

/** What became of the differences of one case, or of several. */
export type Compared = Readonly<{
  /** Those that nothing is said of: one line each. */
  unexpected: ReadonlyArray<string>
  /** What was needed of the list: each place, and each case, of an entry. */
  needed: ReadonlyArray<string>
}>

const shown = (value: unknown): string =>
  value === undefined ? 'nothing' : (JSON.stringify(value) ?? '').slice(0, 200)

const lineOf = (caseName: string, { object, path, theirs, ours }: FoundDifference): string =>
  `${caseName}: ${object} ${path}: theirs ${shown(theirs)}, ours ${shown(ours)}`

const placeOf = (row: string, why: string, place: string): string => `${row} (${why}) at ${place}`
const caseOf = (row: string, why: string, name: string): string => `${row} (${why}) in ${name}`

/** Everything that a list says of itself: each of it has to be needed. */
export const partsOf = (accepted: ReadonlyArray<AcceptedDifference>): ReadonlyArray<string> =>
  accepted.flatMap(({ row, why, at, cases = [] }) => [
    ...at.map((place) => placeOf(row, why, place)),
    ...cases.map((name) => caseOf(row, why, name)),
  ])

const judged = (
  accepted: ReadonlyArray<AcceptedDifference>,
  caseName: string,
  found: FoundDifference,
): Compared => {
  const needed = accepted.flatMap((difference) => {
    const place = acceptedAt(difference, found, caseName)
    const { row, why, cases = [] } = difference
    if (place === undefined) return []
    return [
      placeOf(row, why, place),
      ...(cases.includes(caseName) ? [caseOf(row, why, caseName)] : []),
    ]
  })
  return { unexpected: needed.length === 0 ? [lineOf(caseName, found)] : [], needed }
}

/** What a list of accepted differences says of those that were found in a case. */
export const compared = (
  accepted: ReadonlyArray<AcceptedDifference>,
  caseName: string,
  found: ReadonlyArray<FoundDifference>,
): Compared => {
  const all = found.map((difference) => judged(accepted, caseName, difference))
  return {
    unexpected: all.flatMap(({ unexpected }) => unexpected),
    needed: all.flatMap(({ needed }) => needed),
  }
}
