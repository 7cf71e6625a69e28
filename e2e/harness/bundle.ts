import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '../..')

/** The built program; the tests run it as a user would, never its source. */
export const bundlePath = join(root, 'packages/operator/dist/image-registry-operator.js')

/** Builds the program anew, so that a test never runs yesterday's. */
export const buildBundle = async (): Promise<void> => {
  await promisify(execFile)(process.execPath, [join(root, 'scripts/bundle.mjs')], { cwd: root })
}

export type CommandResult = Readonly<{ code: number; stdout: string; stderr: string }>

export type ProgramOptions = Readonly<{
  /** Added to the environment of this process. */
  env?: Readonly<Record<string, string>>
  /** What stands on its standard input; nothing if not given. */
  input?: string
}>

/** Runs a program to its end. */
export const runProgram = (
  [program = '', ...args]: ReadonlyArray<string>,
  { env = {}, input = '' }: ProgramOptions = {},
): Promise<CommandResult> =>
  new Promise((resolve) => {
    const options = { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 }
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ code, stdout, stderr })
    })
    // Whoever does not read its input may be gone before it is written.
    child.stdin?.on('error', () => undefined).end(input)
  })

/** Runs one command of the operator's program to its end. */
export const runCommand = (
  args: ReadonlyArray<string>,
  env: Readonly<Record<string, string>> = {},
  input = '',
): Promise<CommandResult> => runProgram([process.execPath, bundlePath, ...args], { env, input })
