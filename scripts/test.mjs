// Every test there is: what `pnpm check` does, and the stories on a real control plane. The last line counts.
import './node-version.mjs'

import { join } from 'node:path'

import { tsImport } from 'tsx/esm/api'

import { checkSteps } from './check-steps.mjs'
import { root, runProgram } from './run-program.mjs'
import { runSteps } from './run-steps.mjs'
import { runVitest } from './run-vitest.mjs'

/** In CI everything runs: what cannot, and what is skipped, is a failure. */
const inCi = !['', '0', 'false', undefined].includes(process.env.CI)

const heading = (text) => console.log(`\n── ${text}`)

const showFiles = (files) => {
  const slowest = [...files].sort((a, b) => b.ms - a.ms)
  for (const { name, ms, tests } of slowest)
    console.log(
      `  ${(ms / 1000).toFixed(1).padStart(7)} s  ${String(tests).padStart(5)} tests  ${name}`,
    )
}

/** A step is worth one; the step that runs tests is worth as many as these. */
const counts = ({ code, passed, failed, skipped = [] }) =>
  passed === undefined
    ? { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped }
    : { passed, failed, skipped }

const { missingPrerequisites } = await tsImport('../e2e/cluster/build.ts', import.meta.url)
const { missingNodePrerequisites } = await tsImport('../e2e/node/prerequisites.ts', import.meta.url)

const missing = () => [
  ...(process.platform === 'linux'
    ? []
    : [`This is ${process.platform}; the control plane runs on Linux.`]),
  ...missingPrerequisites(),
]

/** What runs, by what there is to run it on. */
const projects = (withNode) => (withNode ? ['e2e', 'node'] : ['e2e'])

/** Compiles and fetches when nothing else wants the processors. */
const install = (withNode) => {
  const tsx = join(root, 'node_modules/.bin/tsx')
  const program = ['nice', '-n', '10', tsx, 'e2e/install.ts', ...projects(withNode)]
  return runProgram(program, { show: true })
}

/** The stories, unless what they run on cannot be had; that is a failure of its own. */
const stories = async (installed, withNode) => {
  heading('What the stories run on: a control plane, object stores, a node')
  const { code } = await installed
  if (code !== 0) return [{ code }]
  heading('Stories on a real control plane')
  const chosen = projects(withNode).flatMap((name) => ['--project', name])
  return [{ code }, await runVitest([...chosen, ...process.argv.slice(2)], { show: true })]
}

const lacking = missing()
const lackingNode = missingNodePrerequisites()
const withNode = lackingNode.length === 0
const installed = lacking.length === 0 ? install(withNode) : undefined

heading('Everything that can be known without a cluster (pnpm check)')
const checked = await runSteps(checkSteps)
heading('Times of the test files')
showFiles(checked.flatMap(({ files = [] }) => files))

const told = installed === undefined ? [] : await stories(installed, withNode)

const all = [...checked, ...told].map(counts)
const skipped = all.flatMap((one) => one.skipped)
const sum = (key) => all.reduce((total, one) => total + one[key], 0)
const failed = sum('failed') + (inCi ? skipped.length + lacking.length + lackingNode.length : 0)

const showLacking = (what, reasons) => {
  if (reasons.length === 0) return
  heading(`NOT RUN: the stories on a real ${what}${inCi ? ', which is a failure in CI' : ''}`)
  for (const reason of reasons) console.log(`  ${reason}`)
  console.log('  What follows says nothing about them.')
}
showLacking('control plane', lacking)
showLacking('node', lackingNode)
if (skipped.length > 0) {
  heading(`SKIPPED${inCi ? ', which is a failure in CI' : ''}`)
  for (const name of skipped) console.log(`  ${name}`)
}
console.log(`\n${sum('passed')} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
