import type { Clock } from '../clock'

/** A moment by both clocks of the machine. */
export type Moment = { readonly monotonicMs: number; readonly wallMs: number }

/** Before everything. */
export const NEVER: Moment = { monotonicMs: -Infinity, wallMs: -Infinity }

/** Now. */
export const momentOf = (clock: Clock): Moment => ({
  monotonicMs: clock.monotonicMs(),
  wallMs: clock.wallMs(),
})

/**
 * The longer of what two clocks say. The monotonic one stands still while the machine sleeps; the other
 * one can be set. Too long is safe: we only stop leading too early.
 */
export const since = (clock: Clock, { monotonicMs, wallMs }: Moment): number =>
  Math.max(clock.monotonicMs() - monotonicMs, clock.wallMs() - wallMs)

/** For the lease of another, the shorter: too short is what must not happen. */
export const surelySince = (clock: Clock, { monotonicMs }: Moment): number =>
  clock.monotonicMs() - monotonicMs
