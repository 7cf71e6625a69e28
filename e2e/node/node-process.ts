import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

import type { ServerProcess } from '../cluster/server-process'
import type { NodeProgram, StartedProgram, Supervisor } from './supervisor'

/** A server that runs in the node, and when it is of use. */
export type NodeServer = NodeProgram &
  Readonly<{ name: string; isReady: () => Promise<boolean>; startTimeoutMs?: number }>

type Running = StartedProgram & { hasEnded: boolean }

const pollMs = 50
const stopTimeoutMs = 5_000

const endOfLog = async (path: string): Promise<string> =>
  (await readFile(path, 'utf8').catch(() => '')).trimEnd().split('\n').slice(-15).join('\n')

const untilReady = async (program: Running, server: NodeServer): Promise<void> => {
  const { startTimeoutMs = 60_000 } = server
  const deadline = Date.now() + startTimeoutMs
  while (!program.hasEnded && Date.now() < deadline) {
    if (await server.isReady().catch(() => false)) return
    await sleep(pollMs)
  }
  const what = program.hasEnded ? 'ended at its start' : `is not ready after ${startTimeoutMs} ms`
  throw new Error(`${server.name} ${what}; its log ends with:\n${await endOfLog(server.logPath)}`)
}

const signal = (program: Running | undefined, name: NodeJS.Signals): void => {
  if (program !== undefined && !program.hasEnded) process.kill(program.pid, name)
}

const end = async (program: Running | undefined, name: NodeJS.Signals): Promise<void> => {
  if (program === undefined || program.hasEnded) return
  signal(program, name)
  // A frozen process takes a SIGTERM only after it was woken up.
  signal(program, 'SIGCONT')
  const timer = setTimeout(() => signal(program, 'SIGKILL'), stopTimeoutMs)
  await program.ended
  clearTimeout(timer)
}

/** A server of the node that is not started yet; it ends with the node. */
export const nodeProcess = ({ run }: Supervisor, server: NodeServer): ServerProcess => {
  let running: Running | undefined
  const isRunning = (): boolean => running !== undefined && !running.hasEnded
  const start = async (): Promise<void> => {
    if (isRunning()) return
    const started: Running = { ...(await run(server)), hasEnded: false }
    running = started
    void started.ended.then(() => {
      started.hasEnded = true
    })
    await untilReady(started, server)
  }
  return {
    name: server.name,
    logPath: server.logPath,
    pid: () => (isRunning() ? running?.pid : undefined),
    start,
    stop: () => end(running, 'SIGTERM'),
    kill: () => end(running, 'SIGKILL'),
    restart: async () => {
      await end(running, 'SIGTERM')
      await start()
    },
    pause: () => signal(running, 'SIGSTOP'),
    resume: () => signal(running, 'SIGCONT'),
  }
}
