import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

import { killAtExit } from '../../cluster/exit-cleanup'

/** Receives one line of what an installation has to say. */
export type Progress = (line: string) => void

/** A command line of a tool that installs something. */
export type ToolCommand = Readonly<{
  tool: string
  args: ReadonlyArray<string>
  cwd: string
  /** Set beside the variables of this process. */
  environment?: Readonly<Record<string, string>>
}>

/**
 * Runs a tool to its end and gives each line it prints, on either stream, to `onLine`; fails with the last lines.
 */
export const runTool = (
  { tool, args, cwd, environment = {} }: ToolCommand,
  onLine: Progress = () => undefined,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(tool, args, {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const forget = killAtExit(child)
    const last: Array<string> = []
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        last.push(line)
        if (last.length > 20) last.shift()
        onLine(line)
      })
    }
    child.on('error', (error) => {
      forget()
      reject(error)
    })
    child.on('close', (code) => {
      forget()
      if (code === 0) resolve()
      else reject(new Error(`${tool} ${args.join(' ')} ended with ${code}:\n${last.join('\n')}`))
    })
  })
