import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

import { root, runProgram } from './run-program.mjs'
import { runVitest } from './run-vitest.mjs'

const program =
  (...words) =>
  () =>
    runProgram(words)

/** The summary line of the coverage report, as a note. */
const reached = (output) => {
  const row = /All files[^|]*\|[^|]*\|\s*([\d.]+)[^|]*\|[^|]*\|\s*([\d.]+)/.exec(
    stripVTControlCharacters(output),
  )
  return row === null ? undefined : `${row[2]} % of lines, ${row[1]} % of branches`
}

const tests = async () => {
  const projects = ['--project', 'pure', '--project', 'shell']
  // Two, whatever the number of cores: many of the tests wait rather than work.
  const result = await runVitest([...projects, '--maxWorkers=2', '--coverage'])
  return { ...result, note: reached(result.output) }
}

const GOLDENS = ['packages/render/golden', 'deploy', 'examples']

const contentOf = async (folder) => {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  return Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')]))
}

const contents = async () => new Map((await Promise.all(GOLDENS.map(contentOf))).flat())

const putBack = async (before, after) => {
  for (const [path, text] of before) if (after.get(path) !== text) await writeFile(path, text)
  for (const path of after.keys()) if (!before.has(path)) await rm(path)
}

/** Rewrites the goldens, sees whether that changes any, and leaves them as they were. */
const goldens = async () => {
  const before = await contents()
  const { code, output } = await runProgram([process.execPath, 'scripts/golden.mjs'])
  const after = await contents()
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.get(path) !== after.get(path),
  )
  await putBack(before, after)
  if (changed.length === 0) return { code, output }
  const names = changed.map((path) => `  ${path.slice(root.length + 1)}\n`).join('')
  return {
    code: 1,
    output: `These goldens are not up to date:\n${names}Run pnpm golden, and read the diff.\n`,
  }
}

/** Builds the bundle, and starts it where there is no node_modules. */
const bundle = async () => {
  const built = await runProgram([process.execPath, 'scripts/bundle.mjs'])
  if (built.code !== 0) return built
  const folder = await mkdtemp(join(tmpdir(), 'bundle-'))
  try {
    const file = join(folder, 'image-registry-operator.js')
    await copyFile(join(root, 'packages/operator/dist/image-registry-operator.js'), file)
    const started = await runProgram([process.execPath, file, '--version'], { cwd: folder })
    return started.code === 0 && !/^\d+\.\d+\.\d+\s*$/.test(started.output)
      ? { code: 1, output: `--version printed no version:\n${started.output}` }
      : started
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A few of the 20,000 that `pnpm fault-matrix` plays. */
const HISTORIES = 300

/** Plays histories of the simulated world, and says how many. */
const histories = async () => {
  const result = await runProgram([
    process.execPath,
    'scripts/fault-matrix.mjs',
    '--quiet',
    '--histories',
    String(HISTORIES),
  ])
  return { ...result, note: result.output.trimEnd().split('\n').at(-1) }
}

/** What `pnpm check` does. Independent steps run side by side; `after` names one to wait for. */
export const checkSteps = [
  {
    name: 'tests',
    what: 'unit, golden and property tests, and how much of packages/render they reach',
    run: tests,
  },
  { name: 'lint', what: 'grammar: eslint.config.mjs', run: program('eslint', '.') },
  { name: 'types', what: 'tsc -b', run: program('tsc', '-b') },
  {
    name: 'format',
    what: 'prettier',
    run: program('prettier', '--check', '--log-level', 'warn', '.'),
  },
  {
    name: 'imports',
    what: 'who may import whom: .dependency-cruiser.cjs',
    run: program('depcruise', 'packages', 'e2e', 'scripts', '--config', '.dependency-cruiser.cjs'),
  },
  {
    name: 'unused',
    what: 'exports, files and dependencies that nobody uses',
    run: program('knip'),
  },
  {
    name: 'bundle',
    what: 'one file that starts without node_modules',
    run: bundle,
    after: 'tests',
  },
  {
    name: 'world',
    what: 'faults and histories in a simulated world',
    run: histories,
    after: 'tests',
  },
  { name: 'goldens', what: 'rewriting them changes nothing', run: goldens, after: 'tests' },
]
