const DAY_MS = 86_400_000

/** What a process of Node runs first; it knows the time from nothing else. */
const program = (ms: number): string => `
const Real = globalThis.Date
const ago = ${ms}
globalThis.Date = class Date extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() - ago)
    else super(...given)
  }
  static now() {
    return Real.now() - ago
  }
}`

/**
 * Variables for a process of Node by whose clock it is so many days ago. Moved forward from there, it still is not later
 * than it is: others, whose clocks are right, do not see certificates that begin to count in the future.
 */
export const daysAgo = (days: number): Readonly<Record<'NODE_OPTIONS', string>> => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program(days * DAY_MS))}`,
})
