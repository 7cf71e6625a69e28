import type { IO } from 'fp-ts/IO'

import type { CliIo } from './cli-io'
import { showProblem, type InputProblem } from './input/input-problem'

const COLOURS = { red: 31, green: 32, yellow: 33, bold: 1, dim: 2 } as const

export type Colour = keyof typeof COLOURS

/** Text in a colour, where the terminal shows colours. */
export const painted =
  ({ colour }: Pick<CliIo, 'colour'>) =>
  (name: Colour, text: string): string =>
    colour ? `\u001B[${COLOURS[name]}m${text}\u001B[0m` : text

const lines = (texts: ReadonlyArray<string>): string => texts.map((text) => `${text}\n`).join('')

/** Tells of everything that is wrong, one line each, on standard error. */
export const reportProblems =
  (io: CliIo) =>
  (problems: ReadonlyArray<InputProblem>): IO<void> =>
    io.stderr(lines(problems.map(showProblem)))

/** Tells of what is strange but does no harm. */
export const reportWarnings =
  (io: CliIo) =>
  (warnings: ReadonlyArray<InputProblem>): IO<void> =>
    warnings.length === 0
      ? () => undefined
      : io.stderr(lines(warnings.map((warning) => `warning: ${showProblem(warning)}`)))
