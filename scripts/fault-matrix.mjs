// Plays the simulated world at length, from one file: a history takes half as long as when its modules are loaded one by one.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

import { build } from 'esbuild'

import { root } from './run-program.mjs'

/** As deep as the sources are: they look for files beside them. */
const outfile = join(root, 'packages/simulation/dist/program/fault-matrix.mjs')

await build({
  absWorkingDir: root,
  entryPoints: ['packages/simulation/src/fault-matrix.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  mainFields: ['module', 'main'],
  sourcemap: true,
  logLevel: 'warning',
  banner: {
    js: "const require = process.getBuiltinModule('node:module').createRequire(process.execPath)",
  },
})

const { status } = spawnSync(
  process.execPath,
  [
    '--enable-source-maps',
    // Most of what is made is forgotten at once.
    '--max-semi-space-size=64',
    outfile,
    ...process.argv.slice(2).filter((argument) => argument !== '--'),
  ],
  { cwd: root, stdio: 'inherit' },
)
process.exitCode = status ?? 1
