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

/** Runs one command of the program to its end. */
export const runCommand = (
  args: ReadonlyArray<string>,
  env: Readonly<Record<string, string>> = {},
): Promise<CommandResult> =>
  new Promise((resolve) => {
    const options = { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 }
    execFile(process.execPath, [bundlePath, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ code, stdout, stderr })
    })
  })
