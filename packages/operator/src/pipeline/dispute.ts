/** How often one correction had to be made again lately, and when the next one is due. Times are in milliseconds. */
export type Dispute = {
  /** When it was made, as far back as that counts. */
  readonly madeAt: ReadonlyArray<number>
  /** How many times in a row it was made although it is disputed; 0 while it is not. */
  readonly rounds: number
  /** The next one waits until then. */
  readonly heldUntil: number
}

/** That many times within a minute a correction is made as soon as it is needed; what goes on longer is a dispute. */
const AT_ONCE = 10
const WITHIN_MS = 60_000
const FIRST_HOLD_MS = 1_000
const LONGEST_HOLD_MS = 60_000

const NEVER_MADE: Dispute = { madeAt: [], rounds: 0, heldUntil: 0 }

/** A dispute that nobody goes on with is over, and begins anew. */
export const isOver = ({ madeAt, heldUntil }: Dispute, nowMs: number): boolean =>
  nowMs > Math.max(heldUntil, ...madeAt) + WITHIN_MS

const holdMs = (rounds: number): number =>
  rounds === 0 ? 0 : Math.min(LONGEST_HOLD_MS, FIRST_HOLD_MS * 2 ** (rounds - 1))

/** What is known of a correction once it has been made again. */
export const madeAgain = (before: Dispute | undefined, nowMs: number): Dispute => {
  const known = before === undefined || isOver(before, nowMs) ? NEVER_MADE : before
  const madeAt = [...known.madeAt.filter((at) => at > nowMs - WITHIN_MS), nowMs]
  const isDisputed = known.rounds > 0 || madeAt.length > AT_ONCE
  const rounds = isDisputed ? known.rounds + 1 : 0
  return { madeAt, rounds, heldUntil: nowMs + holdMs(rounds) }
}
