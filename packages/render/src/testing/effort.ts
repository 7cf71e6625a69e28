/**
 * How much is tried where trying everything takes too long for every day: `FUZZ=20` tries twenty times as much, `FUZZ=all`
 * everything that can be counted.
 */
const FUZZ = process.env['FUZZ'] ?? '1'

const TRIES_ALL = FUZZ === 'all'

const TIMES = TRIES_ALL ? 100 : Math.max(1, Math.trunc(Number(FUZZ)) || 1)

/** Trying everything takes its time; what is usual takes seconds. */
export const LONGEST_TEST_MS = 3_600_000

/** So many runs of a property instead of that many. */
export const runs = (usual: number): number => usual * TIMES

/** Spreads neighbours apart (Knuth's multiplicative hash), since cases that stand in a row differ in one thing. */
const spread = (index: number): number => Math.imul(index, 2_654_435_761) >>> 8

/**
 * Of all cases about as many as are usual, or more, or all. They are the same ones every day; `FUZZ_FROM=1`, `2`, … are others.
 */
export const chosenOf = <A>(cases: ReadonlyArray<A>, usual: number): ReadonlyArray<A> => {
  const share = Math.max(1, Math.floor(cases.length / runs(usual)))
  const which = (Number(process.env['FUZZ_FROM']) || 0) % share
  return TRIES_ALL ? cases : cases.filter((_, index) => spread(index) % share === which)
}
