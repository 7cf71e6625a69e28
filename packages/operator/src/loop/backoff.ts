/** Bounds of the exponential back-off. */
export type BackoffBounds = { readonly firstMs: number; readonly capMs: number }

/** As the original's work queue starts (5 ms), but capped where a person would notice. */
const DEFAULT_BACKOFF: BackoffBounds = { firstMs: 5, capMs: 60_000 }

/**
 * How long to wait after that many failures in a row (1 or more): doubling from `firstMs` up to `capMs`, then
 * between half and the whole of it, as `random` (0 to 1) says, so that two processes do not march in step.
 */
export const backoffMs = (
  failures: number,
  random: number,
  { firstMs, capMs }: BackoffBounds = DEFAULT_BACKOFF,
): number => {
  // 2 to the 1024 is Infinity, which the cap turns into the cap.
  const full = Math.min(capMs, firstMs * 2 ** (Math.max(1, failures) - 1))
  return Math.round(full * (0.5 + random / 2))
}
