type Ringing = Readonly<{ ms: number; ring: () => void }>

/** The clock that requests of one lane are timed by. */
export type FaultClock = Readonly<{
  /** Rings after that many milliseconds, or as soon as nothing else can come; what it gives stops it. */
  alarm: (ms: number, ring: () => void) => () => void
  /** A request has been left without an answer. */
  silence: () => void
}>

/** Whoever was asked at the same time, and does answer, has done so. */
const OTHERS_MS = 20
/** Whoever hears that his time is over has said so. */
const DEAF_MS = 250

/**
 * A clock that goes as that of the machine does, and jumps to the next alarm when a request is left without an answer: so
 * nobody waits for what never comes, and nobody is late because the machine is busy.
 */
export const faultClock = (): FaultClock => {
  const set = new Set<Ringing>()
  const ringAll = (meant: ReadonlyArray<Ringing>): void => {
    for (const one of meant) if (set.delete(one)) one.ring()
  }
  const jump = (): void => {
    const waiting = [...set]
    const next = Math.min(...waiting.map(({ ms }) => ms))
    ringAll(waiting.filter(({ ms }) => ms === next))
    setTimeout(() => ringAll(waiting), DEAF_MS)
  }
  return {
    alarm: (ms, ring) => {
      const one = { ms, ring }
      set.add(one)
      const timer = setTimeout(() => ringAll([one]), ms)
      return () => {
        clearTimeout(timer)
        set.delete(one)
      }
    },
    silence: () => void setTimeout(jump, OTHERS_MS),
  }
}
