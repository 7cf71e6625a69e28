import { type ChildProcess, spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { killAtExit } from '../cluster/exit-cleanup'

export type ShellOptions = Readonly<{
  /** Where it begins. */
  cwd: string
  /** Where what it is told and what it prints are kept. */
  folder: string
  /** All of its environment. */
  env: Readonly<Record<string, string>>
}>

/** What came of a block: its output, and how it failed; undefined if it did not. */
export type ShellOutcome = Readonly<{ output: string; failure: string | undefined }>

/** One bash, which keeps variables, folder and programs in the background from block to block. */
export type ShellSession = Readonly<{
  run: (code: string) => Promise<ShellOutcome>
  /** Ends it, with all that it has started. */
  stop: () => Promise<void>
}>

/** Whoever waits in a guide says for how long; this is for those that forgot. */
const LIMIT_MS = 270_000

// Aliases are for shells that people sit at, as the reader of a guide does.
const prelude = `set -euo pipefail; shopt -s expand_aliases
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n`

/** Programs in the background are of the shell's process group. */
const killGroup = (shell: ChildProcess): void => {
  try {
    if (shell.pid !== undefined) process.kill(-shell.pid, 'SIGKILL')
  } catch {
    // All of them have ended.
  }
}

/** The next line that a shell says on its fourth stream, or how it ended before that. */
const verdict = (shell: ChildProcess, ended: Promise<string>): Promise<string | undefined> =>
  new Promise((resolve) => {
    const limit = setTimeout(() => resolve(`it did not end within ${LIMIT_MS / 1000} s`), LIMIT_MS)
    const said = (): void => {
      clearTimeout(limit)
      resolve(undefined)
    }
    shell.stdio[3]?.once('data', said)
    void ended.then((how) => {
      clearTimeout(limit)
      resolve(how)
    })
  })

/** Starts a bash that stops at the first command that fails. */
export const startShell = ({ cwd, folder, env }: ShellOptions): ShellSession => {
  const shell = spawn('bash', ['--noprofile', '--norc'], {
    cwd,
    env,
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
    detached: true,
  })
  const forget = killAtExit(shell)
  const ended = new Promise<string>((resolve) => {
    shell.once('error', (error) => resolve(`there is no bash: ${error.message}`))
    shell.once('exit', (code, signal) => {
      forget()
      resolve(`a command failed (${code ?? signal ?? ''})`)
    })
  })
  // Whoever has ended reads nothing more; that it has ended is told otherwise.
  shell.stdin?.on('error', () => undefined).write(prelude)
  let count = 0
  const run = async (code: string): Promise<ShellOutcome> => {
    count += 1
    const file = join(folder, `block-${count}`)
    await writeFile(`${file}.sh`, code)
    await writeFile(`${file}.out`, '')
    const heard = verdict(shell, ended)
    shell.stdin?.write(`. ${file}.sh >${file}.out 2>&1 </dev/null\necho done >&3\n`)
    const failure = await heard
    return { output: await readFile(`${file}.out`, 'utf8'), failure }
  }
  const stop = async (): Promise<void> => {
    shell.stdin?.end()
    killGroup(shell)
    await ended
  }
  return { run, stop }
}
