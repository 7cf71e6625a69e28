const QUANTITY = /^([-+]?)(\d*)(?:\.(\d*))?(m|u|n|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][-+]?\d{1,3})?$/

/** Whoever writes more digits than this means no amount of anything. */
const LONGEST = 1000

const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E']
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']

type Fraction = { readonly times: bigint; readonly by: bigint }

const tenTo = (exponent: number): Fraction =>
  exponent < 0
    ? { times: 1n, by: 10n ** BigInt(-exponent) }
    : { times: 10n ** BigInt(exponent), by: 1n }

const factor = (suffix: string): Fraction => {
  if (/^[eE]./.test(suffix)) return tenTo(Number(suffix.slice(1)))
  return suffix.endsWith('i')
    ? { times: 1024n ** BigInt(BINARY.indexOf(suffix)), by: 1n }
    : tenTo(3 * (DECIMAL.indexOf(suffix) - DECIMAL.indexOf('')))
}

/**
 * A quantity of resources in thousandths, rounded up: finer than that the API server does not keep what a
 * pod asks for. Undefined when the text is no quantity.
 */
const inThousandths = (text: string): bigint | undefined => {
  const parts = text.length <= LONGEST ? QUANTITY.exec(text) : null
  const [, sign = '', whole = '', fraction = '', suffix = ''] = parts ?? []
  if (`${whole}${fraction}` === '') return undefined
  const { times, by } = factor(suffix)
  const divisor = by * 10n ** BigInt(fraction.length)
  const magnitude = (BigInt(`${whole}${fraction}`) * times * 1000n + divisor - 1n) / divisor
  return sign === '-' ? -magnitude : magnitude
}

/** Whether two texts are the same quantity: the API server writes `1000m` as `1` and `0.5Gi` as `512Mi`. */
export const isSameQuantity = (one: string, other: string): boolean => {
  const amount = inThousandths(one)
  return amount !== undefined && amount === inThousandths(other)
}

/** A quantity in whole units, e.g. bytes, rounded up; undefined when the text is none, or less than nothing. */
export const wholeUnits = (text: string): number | undefined => {
  const amount = inThousandths(text)
  return amount === undefined || amount < 0n ? undefined : Number((amount + 999n) / 1000n)
}
