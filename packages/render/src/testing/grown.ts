/** An object of Kubernetes has at most a megabyte and a half, an annotation a quarter of one. */
const LARGEST = 262_144

/**
 * However busy the machine is: what grows in a straight line takes milliseconds for the largest, what grows with the square
 * takes minutes.
 */
const LONGEST_MS = 3_000

const TRIES = 3

const elapsedMs = (work: () => unknown): number => {
  const start = performance.now()
  work()
  return performance.now() - start
}

const isQuick = (work: () => unknown, longestMs: number): boolean =>
  Array.from({ length: TRIES }).some(() => elapsedMs(work) < longestMs)

const sizes = Array.from({ length: 9 }, (_, index) => LARGEST / 2 ** (8 - index))

/** A text of which one part is repeated. */
export type Repeated = { readonly head: string; readonly unit: string; readonly tail: string }

/**
 * The length of the shortest text, of ever longer ones of that kind, for which the work takes too long; undefined when it never does.
 * What is too slow is noticed at the first length that takes seconds.
 */
export const slowLength = (
  work: (text: string) => unknown,
  { head, unit, tail }: Repeated,
  longestMs = LONGEST_MS,
): number | undefined =>
  sizes.find((size) => {
    const text = head + unit.repeat(Math.floor(size / unit.length)) + tail
    return !isQuick(() => work(text), longestMs)
  })
