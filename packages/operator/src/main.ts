#!/usr/bin/env node
import { buffer } from 'node:stream/consumers'

import * as E from 'fp-ts/Either'

import type { CliIo } from './cli/cli-io'
import { showProblem } from './cli/input/input-problem'
import { runCli } from './cli/run-cli'
import { processConfig, type EnvConfig } from './config-from-env'

const writingTo = (stream: NodeJS.WriteStream) => {
  // Whoever read us may have gone, e.g. `head`: then nobody is left to tell.
  stream.on('error', () => undefined)
  return (text: string) => () => void stream.write(text)
}

const cliIo = (env: EnvConfig): CliIo => ({
  stdout: writingTo(process.stdout),
  stderr: writingTo(process.stderr),
  stdin: () => buffer(process.stdin),
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

void main().then(exitWith)
