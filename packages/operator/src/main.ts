#!/usr/bin/env node
import * as E from 'fp-ts/Either'

import type { CliIo } from './cli/cli-io'
import { bytesUpTo } from './cli/input/bytes-up-to'
import { showProblem } from './cli/input/input-problem'
import { LIMITS } from './cli/input/limits'
import { runCli } from './cli/run-cli'
import { processConfig, type EnvConfig } from './config-from-env'
import { showDefect } from './described-cause'

const writingTo = (stream: NodeJS.WriteStream) => {
  // Whoever read us may have gone, e.g. `head`: then nobody is left to tell.
  stream.on('error', () => undefined)
  return (text: string) => () => void stream.write(text)
}

const cliIo = (env: EnvConfig): CliIo => ({
  stdout: writingTo(process.stdout),
  stderr: writingTo(process.stderr),
  stdin: () => bytesUpTo(LIMITS.bytes)(process.stdin),
  env,
  colour: process.stdout.isTTY && !env.noColour,
})

const main = async (): Promise<number> => {
  const env = processConfig()
  if (E.isRight(env)) return runCli(cliIo(env.right), process.argv.slice(2))()
  process.stderr.write(
    env.left.map((problem) => `${showProblem({ ...problem, where: 'environment' })}\n`).join(''),
  )
  return 1
}

// A pipe whose reader is slow takes the rest later: the process may only end when everything is out.
const exitWith = (code: number): void => {
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)))
}

// Node would print the error with all that hangs on it, such as a request with its credentials.
process.on('uncaughtException', (cause) => {
  process.stderr.write(showDefect(cause))
  exitWith(1)
})

void main().then(exitWith)
