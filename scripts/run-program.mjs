import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

export const root = join(import.meta.dirname, '..')

/** The environment of the programs that are started: the workspace's own come first, and pnpm's shims leave no trace. */
const environment = (more) => {
  const { NODE_PATH: _, ...env } = process.env
  const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter)
  const colour = process.stdout.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: '1' } : {}
  return { ...env, ...colour, PATH: path, ...more }
}

/** Runs a program of the workspace to its end; gives its exit code and, unless `show` is set, what it printed. */
export const runProgram = ([program, ...args], { show = false, env = {}, cwd = root } = {}) =>
  new Promise((resolve) => {
    const stdio = ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe']
    const child = spawn(program, args, { cwd, stdio, env: environment(env) })
    const chunks = []
    child.stdout?.on('data', (chunk) => chunks.push(chunk))
    child.stderr?.on('data', (chunk) => chunks.push(chunk))
    child.on('error', (error) => resolve({ code: 1, output: `${program}: ${error.message}\n` }))
    child.on('close', (code, signal) =>
      resolve({
        code: code ?? 1,
        output:
          Buffer.concat(chunks).toString() + (signal ? `${program}: ended by ${signal}\n` : ''),
      }),
    )
  })
