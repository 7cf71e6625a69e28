import * as E from 'fp-ts/Either'

import type { JsonObject } from '../model'

import { field, refused, type Field, type OpenApi } from './field'
import { nearMatch } from './near-match'
import { showKind, showValue } from './show-value'

type Refusal = { readonly message: string; readonly remedy: string }

/** A text that is taken as it is or as one of a closed set; or why not. */
type TextRule<A extends string> = (text: string) => E.Either<Refusal, A>

const wrongKind = (value: unknown, shown: string): Refusal => ({
  message: `must be a string, got ${shown}`,
  remedy: value === null ? 'give it a value, or remove it' : 'write it as text, in quotes',
})

/** What the registry is told it is told by environment variables, and no process starts with one of 128 KiB. */
const LONGEST = 32_768

const tooLong = ({ length }: string): Refusal => ({
  message: `must have at most ${LONGEST} characters, got a string of ${length} characters`,
  remedy: 'shorten it',
})

const textField = <A extends string>(
  openApi: OpenApi,
  rule: TextRule<A>,
  show = showValue,
): Field<A> =>
  field(openApi, (value, context) => {
    if (typeof value !== 'string') return refused(value, context, wrongKind(value, show(value)))
    const result = rule(value)
    if (E.isLeft(result)) return refused(value, context, result.left)
    return value.length <= LONGEST ? result : refused(value, context, tooLong(value))
  })

const anyText: TextRule<string> = E.right

const openApiOf = (description: string, extra: JsonObject = {}): OpenApi => ({
  description,
  type: 'string',
  ...extra,
})

/** Any text. */
export const string = (description: string): Field<string> =>
  textField(openApiOf(description), anyText)

/** Text that no message ever shows. */
export const secretString = (description: string): Field<string> =>
  textField(openApiOf(description), anyText, showKind)

/** What a constrained text has to look like. The pattern is a regular expression that Go and JavaScript read alike. */
type TextShape = {
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  /** The rule in words, e.g. `lower-case letters, digits and single dashes`. */
  readonly inWords: string
}

// The API server counts characters (code points), not UTF-16 units.
const lengthOf = (text: string): number => [...text].length

// JavaScript's expressions take time that grows with a power of the length; nothing that fits is nearly this long.
const LONGEST_MATCHED = 1024

const fits = ({ pattern, minLength = 0, maxLength = Infinity }: TextShape, text: string): boolean =>
  lengthOf(text) >= minLength &&
  lengthOf(text) <= maxLength &&
  (pattern === undefined || (text.length <= LONGEST_MATCHED && new RegExp(pattern).test(text)))

/** Text of a certain shape. */
export const shapedString = (description: string, shape: TextShape): Field<string> => {
  const { inWords, ...rules } = shape
  return textField(openApiOf(description, rules), (text) =>
    fits(shape, text)
      ? E.right(text)
      : E.left({
          message: `must be ${inWords}, got ${showValue(text)}`,
          remedy: `change it to ${inWords}, or remove it`,
        }),
  )
}

const listed = (choices: ReadonlyArray<string>): string =>
  choices.map((choice) => (choice === '' ? '""' : choice)).join(', ')

const choiceRule =
  <C extends string>(choices: ReadonlyArray<C>): TextRule<C> =>
  (text) => {
    const chosen = choices.find((one) => one === text)
    if (chosen !== undefined) return E.right(chosen)
    const meant = nearMatch(text, choices)
    return E.left({
      message: `must be one of ${listed(choices)}, got ${showValue(text)}`,
      remedy: meant === undefined ? 'use one of them' : `did you mean ${meant}?`,
    })
  }

/** One of a few words, as an `enum`. */
export const choice = <const C extends string>(
  description: string,
  choices: ReadonlyArray<C>,
): Field<C> => textField(openApiOf(description, { enum: choices }), choiceRule(choices))

/** One of a few words, as a `pattern`: how the original's schema says it. */
export const patternChoice = <const C extends string>(
  description: string,
  choices: ReadonlyArray<C>,
): Field<C> =>
  textField(openApiOf(description, { pattern: `^(${choices.join('|')})$` }), choiceRule(choices))

/** Text in a format that a function recognises. */
export const formattedString = (
  description: string,
  format: {
    readonly name: string
    readonly holds: (text: string) => boolean
    readonly example: string
  },
): Field<string> =>
  textField(openApiOf(description, { format: format.name }), (text) =>
    format.holds(text)
      ? E.right(text)
      : E.left({
          message: `must be a ${format.name}, got ${showValue(text)}`,
          remedy: `write it like ${format.example}`,
        }),
  )
