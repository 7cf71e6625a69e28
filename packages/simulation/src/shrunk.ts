type Taken = ReadonlyArray<number>

/** What comes after the last choice is the plainest anyway. */
const withoutRest = (taken: Taken): Taken =>
  taken.slice(
    0,
    taken.reduce((length, choice, index) => (choice === 0 ? length : index + 1), 0),
  )

const withZeros = (taken: Taken, from: number, to: number): Taken =>
  taken.map((choice, index) => (index >= from && index < to ? 0 : choice))

const isSame = (one: Taken, other: Taken): boolean =>
  one.length === other.length && one.every((choice, index) => choice === other[index])

/**
 * Plainer choices that fail as well, found in at most so many attempts: blocks of them become the plainest, halves first
 * and in the end each alone, then each as low as it can be.
 */
export const shrunk = async (
  failing: Taken,
  isFailing: (taken: Taken) => Promise<boolean>,
  attempts: number,
): Promise<Taken> => {
  let best = withoutRest(failing)
  let left = attempts
  const attempt = async (candidate: Taken): Promise<boolean> => {
    const plainer = withoutRest(candidate)
    if (left <= 0 || isSame(plainer, best)) return false
    left -= 1
    if (!(await isFailing(plainer))) return false
    best = plainer
    return true
  }
  for (
    let size = Math.ceil(best.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  )
    for (let to = best.length; to > 0; to -= size) await attempt(withZeros(best, to - size, to))
  for (let index = 0; index < best.length; index += 1)
    for (let lower = 1; lower < (best[index] ?? 0); lower += 1)
      if (await attempt(best.map((choice, at) => (at === index ? lower : choice)))) break
  return best
}
