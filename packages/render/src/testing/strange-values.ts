import type { Json } from '../model'

/** A value that nobody should write, and what is strange about it. */
export type StrangeValue = {
  readonly what: string
  /** Undefined: there is none. Not all are JSON: whoever calls a function may give it anything. */
  readonly value: unknown
}

const deep = (levels: number): Json =>
  Array.from({ length: levels }).reduce<Json>((inner) => ({ unknown: inner }), 1)

/** Values that are wrong somewhere, or strange where they are right. */
export const STRANGE_VALUES: ReadonlyArray<StrangeValue> = [
  { what: 'null', value: null },
  { what: 'an empty text', value: '' },
  { what: 'an unknown word', value: 'text' },
  { what: 'a long text', value: 'x'.repeat(100_000) },
  { what: 'a long name of IBM', value: 'crn:'.repeat(10_000) },
  { what: 'characters that nobody types', value: '\u0000 \ud800 \u202e 🐙' },
  { what: 'a negative duration', value: '-1s' },
  { what: 'zero', value: 0 },
  { what: 'a negative number', value: -1 },
  { what: 'a number below those of 32 bits', value: -2147483649 },
  { what: 'a fraction', value: 1.5 },
  { what: 'a huge number', value: 1e300 },
  { what: 'no number', value: Number.NaN },
  { what: 'a boolean', value: true },
  { what: 'an empty list', value: [] },
  { what: 'a list of nothing', value: [null] },
  { what: 'an empty object', value: {} },
  { what: 'an object with an unknown field', value: { unknown: { field: 1 } } },
]

/** What else may stand in a manifest; all of them JSON, which can be sent to an API server. */
export const STRANGE_JSON: ReadonlyArray<StrangeValue> = [
  ...STRANGE_VALUES.filter(({ value }) => !Number.isNaN(value)),
  { what: 'nothing', value: undefined },
  { what: 'a number that no 64 bits hold', value: 2 ** 63 },
  { what: 'nearly infinity', value: 1e308 },
  { what: 'a text of a megabyte', value: 'x'.repeat(2 ** 20) },
  { what: 'a list with one number', value: [7] },
  { what: 'a name of every object', value: '__proto__' },
  { what: 'thousands of levels', value: deep(9_000) },
]
