import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type * as t from 'io-ts'

import { isJsonArray, type Problem } from '../model'

import { showKind } from './show-value'

/** At least one problem. */
export type Problems = readonly [Problem, ...Problem[]]

const WORD = /^[A-Za-z_$][\w$-]*$/

/** A name that is longer than those of any fields is cut: a path is to be read. */
const LONGEST_KEY = 256

const shortened = (key: string): string =>
  key.length <= LONGEST_KEY ? key : `${key.slice(0, LONGEST_KEY)}…`

const segment = (key: string, parent: unknown): string => {
  if (isJsonArray(parent)) return `[${key}]`
  const shown = shortened(key)
  return WORD.test(shown) ? `.${shown}` : `[${JSON.stringify(shown)}]`
}

/** Where the context leads, e.g. `spec.routes[1].name`. */
const pathOf = (context: t.Context): string =>
  context.reduce(
    (path, { key }, index) => (index === 0 ? key : path + segment(key, context[index - 1]?.actual)),
    '',
  )

const remedyOf = (error: t.ValidationError): string =>
  'remedy' in error && typeof error.remedy === 'string' ? error.remedy : 'correct or remove it'

// Errors of plain io-ts codecs come from foreign objects, Secrets among them: only kinds are told.
const messageOf = (error: t.ValidationError): string =>
  error.message ??
  `must be ${error.context.at(-1)?.type.name ?? 'another value'}, got ${showKind(error.value)}`

const problemOf = (error: t.ValidationError): Problem => ({
  path: pathOf(error.context).replace(/^\./, ''),
  message: messageOf(error),
  remedy: remedyOf(error),
})

const UNKNOWN_PROBLEM: Problem = {
  path: '',
  message: 'cannot be read',
  remedy: 'correct or remove it',
}

const nonEmpty = ([first, ...rest]: ReadonlyArray<Problem>): Problems => [
  first ?? UNKNOWN_PROBLEM,
  ...rest,
]

/** Decodes a value that stands at `path`; a refusal lists every problem in it. */
export const decodeAt = <A>(
  codec: t.Type<A>,
  path: string,
  value: unknown,
): E.Either<Problems, A> =>
  pipe(
    codec.validate(value, [{ key: path, type: codec, actual: value }]),
    E.mapLeft((errors) => nonEmpty(errors.map(problemOf))),
  )
