import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

import * as TE from 'fp-ts/TaskEither'

import { inputProblem, type InputProblem } from '../src/cli/input/input-problem'

/** A program of this machine, and what it is told. */
export type Tool = {
  readonly program: string
  readonly args: ReadonlyArray<string>
  readonly folder: string
  /** What to do where it fails, besides what it says itself. */
  readonly remedy: string
}

const run = promisify(execFile)
const MAX_OUTPUT = 256 * 1024 * 1024

/** The end of what it said, where it said anything, is the most telling. */
const reasonOf = (cause: unknown): string => {
  const said =
    cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim().split('\n') : []
  const last = said.filter((line) => line !== '').at(-1)
  return last ?? (cause instanceof Error ? cause.message : String(cause))
}

/** Runs a program to its end; what it printed. */
export const runTool = ({
  program,
  args,
  folder,
  remedy,
}: Tool): TE.TaskEither<InputProblem, Uint8Array> =>
  TE.tryCatch(
    async () => {
      const options = { cwd: folder, encoding: 'buffer', maxBuffer: MAX_OUTPUT } as const
      return (await run(program, [...args], options)).stdout
    },
    (cause) => inputProblem(program, `it failed (${reasonOf(cause)})`, remedy),
  )
