import { formattedString } from './string'
import type { Field } from './field'

const NS_PER_UNIT: { readonly [unit: string]: bigint } = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
}

const LONGEST_NS = 2n ** 63n - 1n
const LONGEST_TEXT = 100

const PART = '(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)'
const WHOLE = new RegExp(`^([+-]?)((?:${PART})+)$`)

const partNs = (amount: string, unit: string): bigint => {
  const [whole = '', fraction = ''] = amount.split('.')
  const unitNs = NS_PER_UNIT[unit] ?? 0n
  const fractionNs = (BigInt(`0${fraction}`) * unitNs) / 10n ** BigInt(fraction.length)
  return BigInt(`0${whole}`) * unitNs + fractionNs
}

/** The nanoseconds that a duration in Go's text form means (`1h30m`, `-1.5s`, `0`); undefined when it is none. */
export const durationNs = (text: string): bigint | undefined => {
  if (/^[+-]?0$/.test(text)) return 0n
  const parts = text.length <= LONGEST_TEXT ? WHOLE.exec(text) : null
  if (parts === null) return undefined
  const ns = [...(parts[2] ?? '').matchAll(new RegExp(PART, 'g'))]
    .map(([, amount = '', unit = '']) => partNs(amount, unit))
    .reduce((sum, part) => sum + part, 0n)
  if (ns > LONGEST_NS) return undefined
  return parts[1] === '-' ? -ns : ns
}

/** A span of time in Go's text form. */
export const duration = (description: string): Field<string> =>
  formattedString(description, {
    name: 'duration',
    holds: (text) => durationNs(text) !== undefined,
    example: '30s, 5m or 1h30m',
  })
