import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Whoever decides everything that could go one way or another. */
export type Choices = {
  /** One of the numbers below that one. 0 is always the plainest thing that could happen. */
  readonly choose: (count: number) => number
  /** What has been chosen so far: given to `replayed`, it is the same history again. */
  readonly taken: () => ReadonlyArray<number>
}

const recorded = (next: (count: number) => number): Choices => {
  const taken: number[] = []
  const choose = (count: number): number => {
    const choice = count <= 1 ? 0 : next(count)
    taken.push(choice)
    return choice
  }
  return { choose, taken: () => taken }
}

/** Choices by chance: the same for the same seed, on every machine. */
export const seeded = (seed: number): Choices => {
  const generator = xoroshiro128plus(seed)
  return recorded((count) => uniformInt(generator, 0, count - 1))
}

/** Choices that were made before; after the last of them, the plainest. */
export const replayed = (before: ReadonlyArray<number>): Choices => {
  let position = 0
  return recorded((count) => {
    const choice = before[position] ?? 0
    position += 1
    return Math.min(choice, count - 1)
  })
}
