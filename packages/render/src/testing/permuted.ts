import * as fc from 'fast-check'

/**
 * The same value with the keys of all its maps in another order. Lists stay: their order can matter, and a
 * test that knows better shuffles them itself.
 */
export const permuted = <A>(value: A): fc.Arbitrary<A> =>
  fc.infiniteStream(fc.nat()).map((numbers) => reordered(value, numbers) as A)

const reordered = (value: unknown, numbers: Iterator<number, number>): unknown => {
  if (Array.isArray(value)) return value.map((item) => reordered(item, numbers))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries<unknown>({ ...value })
      .map(([key, field]) => ({ at: numbers.next().value, key, field }))
      .sort((a, b) => a.at - b.at)
      .map(({ key, field }) => [key, reordered(field, numbers)]),
  )
}
