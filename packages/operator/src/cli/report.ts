import type { IO } from 'fp-ts/IO'

import type { CliIo } from './cli-io'
import { showProblem, type InputProblem } from './input/input-problem'
import { LIMITS } from './input/limits'

const COLOURS = { red: 31, green: 32, yellow: 33, bold: 1, dim: 2 } as const

export type Colour = keyof typeof COLOURS

/** Text in a colour, where the terminal shows colours. */
export const painted =
  ({ colour }: Pick<CliIo, 'colour'>) =>
  (name: Colour, text: string): string =>
    colour ? `\u001B[${COLOURS[name]}m${text}\u001B[0m` : text

// What a file or a cluster names may hold what moves the cursor of a terminal, or looks like another line.
const CONTROL = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g

const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`

/** One line of text, whatever names it holds. */
const oneLine = (text: string): string => text.replace(CONTROL, escaped)

/** Problems as lines; of very many the first. */
const told = (problems: ReadonlyArray<InputProblem>): ReadonlyArray<string> => {
  const rest = problems.length > LIMITS.problems ? ['and more; begin with these'] : []
  return [...problems.slice(0, LIMITS.problems).map(showProblem).map(oneLine), ...rest]
}

const lines = (texts: ReadonlyArray<string>): string => texts.map((text) => `${text}\n`).join('')

/** Tells of everything that is wrong, one line each, on standard error. */
export const reportProblems =
  (io: CliIo) =>
  (problems: ReadonlyArray<InputProblem>): IO<void> =>
    io.stderr(lines(told(problems)))

/** Tells of what is strange but does no harm. */
export const reportWarnings =
  (io: CliIo) =>
  (warnings: ReadonlyArray<InputProblem>): IO<void> =>
    warnings.length === 0
      ? () => undefined
      : io.stderr(lines(told(warnings).map((warning) => `warning: ${warning}`)))
