import { type ApiFault, type ApiRequest, isWatch } from './api-fault'
import type { Treatment } from './api-gateway'

/** A number from 0 to 1, another one with each call. */
type Dice = () => number

/** Numbers that follow from a seed (mulberry32). */
export const dice = (seed: number): Dice => {
  let now = seed >>> 0
  return () => {
    now = (now + 0x6d2b79f5) >>> 0
    const mixed = Math.imul(now ^ (now >>> 15), now | 1)
    const again = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61))
    return ((again ^ (again >>> 14)) >>> 0) / 2 ** 32
  }
}

const oneOf = <A>(roll: Dice, [first, ...others]: readonly [A, ...A[]]): A =>
  [first, ...others][Math.floor(roll() * (others.length + 1))] ?? first

const CODES = [429, 500, 502, 503, 504] as const

/** Longer than any request takes here, shorter than the operator waits. */
const LATEST_MS = 400
/** Of a watch: from its first event to beyond the first list. */
const LATEST_CUT_BYTES = 60_000

const onWatch = (roll: Dice): ApiFault =>
  oneOf<(roll: Dice) => ApiFault>(roll, [
    () => ({ _tag: 'Cut', afterBytes: Math.floor(roll() ** 3 * LATEST_CUT_BYTES) }),
    () => ({ _tag: 'Cut', afterBytes: Math.floor(roll() * 2_000) }),
    () => ({ _tag: 'Gone', how: oneOf(roll, ['answer', 'event']) }),
    () => ({ _tag: 'Late', ms: roll() * LATEST_MS }),
    () => ({ _tag: 'Reset', moment: 'before' }),
    () => ({ _tag: 'Refused', code: oneOf(roll, CODES), moment: 'before' }),
  ])(roll)

const onRequest = (roll: Dice): ApiFault =>
  oneOf<(roll: Dice) => ApiFault>(roll, [
    () => ({ _tag: 'Late', ms: roll() * LATEST_MS }),
    () => ({ _tag: 'Reset', moment: oneOf(roll, ['before', 'after']) }),
    () => ({ _tag: 'Refused', code: oneOf(roll, CODES), moment: oneOf(roll, ['before', 'after']) }),
    () => ({ _tag: 'Half' }),
    () => ({ _tag: 'Dripping' }),
  ])(roll)

/** One request in so many is never answered: the operator waits long for each. */
const SILENT = 1 / 150

/** Something happens to that share of all requests: what, and to which, follows from the seed and the order in which they come. */
export const faultsAtRate = (seed: number, rate: number): Treatment => {
  const roll = dice(seed)
  return (request: ApiRequest) => {
    const [whether, silent] = [roll(), roll()]
    if (whether >= rate) return undefined
    if (isWatch(request)) return onWatch(roll)
    return silent < SILENT / rate
      ? { _tag: 'Silent', moment: oneOf(roll, ['before', 'after']) }
      : onRequest(roll)
  }
}
