import * as fc from 'fast-check'

type Mutation = (text: string) => string

const at = (text: string, place: number): number => Math.floor(place * (text.length + 1))

const place = fc.double({ min: 0, max: 0.999_999, noNaN: true })

/** Characters that parsers stumble over. */
const ODD = [
  '\u0000',
  '\ud800',
  '\udc00',
  '\u202e',
  '\ufeff',
  '\r',
  '\n',
  '\t',
  '"',
  "'",
  '\\',
  '`',
]

const MARKS = [
  '[',
  ']',
  '{',
  '}',
  ':',
  ',',
  '#',
  '&',
  '*',
  '!',
  '|',
  '>',
  '%',
  '@',
  '-',
  '=',
  '/',
  '.',
]

const piece = fc.oneof(
  fc.constantFrom(...ODD, ...MARKS, '<<', '---', '...', '__proto__', 'constructor', '0', '-1', '9'),
  fc.string({ maxLength: 5, unit: 'binary' }),
)

const inserted = fc.tuple(place, piece).map(([where, what]): Mutation => (text) => {
  const cut = at(text, where)
  return text.slice(0, cut) + what + text.slice(cut)
})

const replaced = fc.tuple(place, piece).map(([where, what]): Mutation => (text) => {
  const cut = at(text, where)
  return text.slice(0, cut) + what + text.slice(cut + 1)
})

const truncated = place.map(
  (where): Mutation =>
    (text) =>
      text.slice(0, at(text, where)),
)

const doubled = fc.tuple(place, place).map(([one, other]): Mutation => (text) => {
  const [from, to] = [at(text, Math.min(one, other)), at(text, Math.max(one, other))]
  return text.slice(0, to) + text.slice(from)
})

const cutOut = fc.tuple(place, place).map(([one, other]): Mutation => (text) => {
  const [from, to] = [at(text, Math.min(one, other)), at(text, Math.max(one, other))]
  return text.slice(0, from) + text.slice(to)
})

const nested = fc
  .tuple(
    place,
    fc.constantFrom('[', '{', '{"a":', '(', '- ', '? '),
    fc.integer({ min: 1, max: 60 }),
  )
  .map(([where, opening, levels]): Mutation => (text) => {
    const cut = at(text, where)
    return text.slice(0, cut) + opening.repeat(levels) + text.slice(cut)
  })

const mutation = fc.oneof(inserted, replaced, truncated, doubled, cutOut, nested)

/** One of some valid texts, after a few accidents: bytes flipped, cut, doubled, spliced with another one, nested deep. */
export const mutatedText = (valid: ReadonlyArray<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...valid),
      fc.constantFrom(...valid),
      place,
      fc.boolean(),
      fc.array(mutation, { maxLength: 4 }),
    )
    .map(([text, other, where, isSpliced, mutations]) =>
      mutations.reduce(
        (before, mutate) => mutate(before),
        isSpliced ? text.slice(0, at(text, where)) + other.slice(at(other, where)) : text,
      ),
    )
