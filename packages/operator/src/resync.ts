/** The longest time from one pass to the next: a pass from the cache, although nothing happened, costs no request. */
export const RESYNC_MS = 600_000
/** The shortest one, where jitter makes it so. What is to be tried again at the resync is held for no longer. */
export const EARLIEST_RESYNC_MS = 570_000

/** When to make that pass; `random` is between 0 and 1. */
export const resyncMs = (random: number): number =>
  EARLIEST_RESYNC_MS + (RESYNC_MS - EARLIEST_RESYNC_MS) * random
