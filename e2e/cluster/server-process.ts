import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

import { killAtExit } from './exit-cleanup'

/** What it takes to start a server, as often as asked. */
export type ServerCommand = Readonly<{
  name: string
  /** Where the program is; throws if it is nowhere. */
  path: () => string
  args: ReadonlyArray<string>
  /** All of its environment; that of this process if not given. */
  environment?: NodeJS.ProcessEnv
  logPath: string
  /** Resolves once the server is of use; rejected attempts are repeated. */
  isReady: () => Promise<boolean>
}>

/** A server that tests may stop, freeze and bring back. */
export type ServerProcess = Readonly<{
  name: string
  logPath: string
  /** Its process id; undefined while it does not run. */
  pid: () => number | undefined
  /** Starts it unless it runs; resolves when it is ready. */
  start: () => Promise<void>
  /** Asks it to end, and ends it if it does not; resolves when it is gone. */
  stop: () => Promise<void>
  /** Ends it as a crash would; resolves when it is gone. */
  kill: () => Promise<void>
  /** `stop`, then `start` with the same ports and data. */
  restart: () => Promise<void>
  /** Freezes it: connections stay open and nothing answers. */
  pause: () => void
  resume: () => void
}>

const startTimeoutMs = 60_000
// The API server waits up to 60 s for open requests; nobody here is interested in their answers.
const stopTimeoutMs = 5_000
const pollMs = 50

const isRunning = (child: ChildProcess | undefined): child is ChildProcess =>
  child !== undefined &&
  child.pid !== undefined &&
  child.exitCode === null &&
  child.signalCode === null

const spawnServer = ({ path, args, environment, logPath }: ServerCommand): ChildProcess => {
  const log = openSync(logPath, 'a')
  try {
    return spawn(path(), args, {
      // The pipe is never written to. It closes when this process dies, even by SIGKILL, and our
      // own build of the programs takes that as its end (see control-plane-binary/main.go).
      stdio: ['pipe', log, log],
      env: { ...(environment ?? process.env), EXIT_WHEN_STDIN_CLOSES: '1' },
      // Out of the terminal's process group: on Ctrl-C it is us who decide in which order to end.
      detached: true,
    })
  } finally {
    closeSync(log)
  }
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (isRunning(child)) child.once('exit', () => resolve())
    else resolve()
  })

const endOfLog = (path: string): string =>
  readFileSync(path, 'utf8').trimEnd().split('\n').slice(-15).join('\n')

const untilReady = async (child: ChildProcess, command: ServerCommand): Promise<void> => {
  const deadline = Date.now() + startTimeoutMs
  while (isRunning(child) && Date.now() < deadline) {
    if (await command.isReady().catch(() => false)) return
    await sleep(pollMs)
  }
  const what = isRunning(child) ? `is not ready after ${startTimeoutMs} ms` : 'ended at its start'
  throw new Error(`${command.name} ${what}; its log ends with:\n${endOfLog(command.logPath)}`)
}

const signalUntilEnded = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  child.kill(signal)
  // A frozen process takes a SIGTERM only after it was woken up.
  child.kill('SIGCONT')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
  await ended(child)
  clearTimeout(timer)
}

/** A server that is not started yet. */
export const serverProcess = (command: ServerCommand): ServerProcess => {
  let child: ChildProcess | undefined
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (isRunning(child)) await signalUntilEnded(child, signal)
  }
  const start = async (): Promise<void> => {
    if (isRunning(child)) return
    const started = spawnServer(command)
    child = started
    const forget = killAtExit(started)
    started.once('exit', forget)
    // A program that cannot be run at all has no pid, which untilReady reports.
    started.once('error', forget)
    await untilReady(started, command)
  }
  return {
    name: command.name,
    logPath: command.logPath,
    pid: () => (isRunning(child) ? child.pid : undefined),
    start,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGTERM')
      await start()
    },
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
  }
}
