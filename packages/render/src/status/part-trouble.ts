import { elapsedMs } from './elapsed-ms'
import { type Failure, failureTexts } from './failure'
import { ONE_SECOND_MS, PART_PATIENCE_MS } from './patience'

export type Trouble = {
  /** What is to be told; empty: nothing. */
  readonly text: string
  /** When it will have lasted for too long, in ms; absent when it is told anyway. */
  readonly waitMs?: number
}

type Times = {
  /** Since when the part has failed without a success in between. */
  readonly since: string
  readonly now: string
  /** It was told before. */
  readonly isTold: boolean
}

/**
 * What is to be told of the failures of a part: at once what only a person can cure, otherwise what has failed for
 * two minutes without a success in between. Until then what was told before stands.
 */
export const partTrouble = (
  found: ReadonlyArray<Failure>,
  { since, now, isTold }: Times,
): Trouble => {
  if (found.length === 0) return { text: '' }
  const text = failureTexts(found)
  const left = PART_PATIENCE_MS - elapsedMs(since, now)
  if (left <= 0 || found.some(({ degrades }) => degrades === 'at-once')) return { text }
  return { text: isTold ? text : '', waitMs: left + ONE_SECOND_MS }
}
