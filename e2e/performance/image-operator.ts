import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

import { killAtExit } from '../cluster/exit-cleanup'
import { releaseEnv } from '../harness/operator-process'
import { tiedCommand } from '../storage-servers/installed/tied-command'
import type { ImageProgram } from './image-program'

/** An operator that runs as its image would run it: with that environment and nothing of this process's. */
export type ImageOperator = Readonly<{
  pid: number
  /** What it wrote so far, a line an entry. */
  log: () => ReadonlyArray<string>
  /** Asks it to end, and waits for it. */
  stop: () => Promise<void>
  /** Ends it at once. */
  kill: () => Promise<void>
}>

export type ImageOperatorOptions = Readonly<{
  kubeconfigPath: string
  /** Besides what the image sets, and which images to deploy. */
  environment?: Readonly<Record<string, string>>
}>

/** Starts the operator of the image against a cluster. */
export const startImageOperator = (
  image: ImageProgram,
  { kubeconfigPath, environment = {} }: ImageOperatorOptions,
): ImageOperator => {
  const options = ['run', '--kubeconfig', kubeconfigPath, '--bind-address', '127.0.0.1:0']
  const { program, args } = tiedCommand(image.operator(...options))
  const child = spawn(program, args, {
    env: { ...releaseEnv, ...image.environment, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const forget = killAtExit(child)
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      forget()
      resolve()
    })
  })
  const lines: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line))
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    await exited
  }
  return {
    pid: child.pid ?? 0,
    log: () => lines,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

/** Uses an operator and stops it; who fails meanwhile is told what the operator wrote last. */
export const withOperator = async <A>(
  operator: ImageOperator,
  use: () => Promise<A>,
): Promise<A> => {
  try {
    return await use()
  } catch (cause) {
    throw new Error(`The operator's log ends with:\n${operator.log().slice(-15).join('\n')}`, {
      cause,
    })
  } finally {
    await operator.stop()
  }
}
