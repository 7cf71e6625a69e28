const UNITS_BELOW_A_SECOND: ReadonlyArray<readonly [bigint, string]> = [
  [1_000_000n, 'ms'],
  [1_000n, 'µs'],
  [1n, 'ns'],
]

const SECOND = 1_000_000_000n
const MINUTE = 60n * SECOND
const HOUR = 60n * MINUTE

/** A number of units with the fraction that is left, without trailing zeros: `1.5`. */
const decimal = (ns: bigint, unit: bigint): string => {
  const digits = unit.toString().length - 1
  const fraction = (ns % unit).toString().padStart(digits, '0').replace(/0+$/, '')
  return fraction === '' ? `${ns / unit}` : `${ns / unit}.${fraction}`
}

const belowASecond = (ns: bigint): string => {
  const unit = UNITS_BELOW_A_SECOND.find(([size]) => ns >= size)
  return unit === undefined ? '0s' : `${decimal(ns, unit[0])}${unit[1]}`
}

/** Nanoseconds as Go writes a duration, which is how the registry reads them: `1h0m0s`, `1m30s`, `100ms`. */
export const durationText = (ns: bigint): string => {
  if (ns < 0n) return `-${durationText(-ns)}`
  if (ns < SECOND) return belowASecond(ns)
  const hours = ns >= HOUR ? `${ns / HOUR}h` : ''
  const minutes = ns >= MINUTE ? `${(ns % HOUR) / MINUTE}m` : ''
  return `${hours}${minutes}${decimal(ns % MINUTE, SECOND)}s`
}
