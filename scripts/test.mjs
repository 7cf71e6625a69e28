// Every test there is: what `pnpm check` does, and the stories on a real control plane. The last line counts.
import './node-version.mjs'

import { tsImport } from 'tsx/esm/api'

import { checkSteps } from './check-steps.mjs'
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

const { missingPrerequisites, buildControlPlane } = await tsImport(
  '../e2e/cluster/build.ts',
  import.meta.url,
)

const missing = () => [
  ...(process.platform === 'linux'
    ? []
    : [`This is ${process.platform}; the control plane runs on Linux.`]),
  ...missingPrerequisites(),
]

const { installStorageServers } = await tsImport(
  '../e2e/storage-servers/install-all.ts',
  import.meta.url,
)

const built = async () => {
  try {
    await buildControlPlane({ onProgress: (text) => console.log(`  ${text}`) })
    await installStorageServers()
    return { code: 0 }
  } catch (error) {
    console.log(error instanceof Error ? error.message : String(error))
    return { code: 1 }
  }
}

/** The stories, unless what they run on cannot be had; that is a failure of its own. */
const stories = async () => {
  heading('The control plane and the object stores that the stories run on')
  const plane = await built()
  if (plane.code !== 0) return [plane]
  heading('Stories on a real control plane')
  return [await runVitest(['--project', 'e2e', ...process.argv.slice(2)], { show: true })]
}

heading('Everything that can be known without a cluster (pnpm check)')
const checked = await runSteps(checkSteps)
heading('Times of the test files')
showFiles(checked.flatMap(({ files = [] }) => files))

const lacking = missing()
const told = lacking.length === 0 ? await stories() : []

const all = [...checked, ...told].map(counts)
const skipped = all.flatMap((one) => one.skipped)
const sum = (key) => all.reduce((total, one) => total + one[key], 0)
const failed = sum('failed') + (inCi ? skipped.length + lacking.length : 0)

if (lacking.length > 0) {
  heading(
    `NOT RUN: the stories on a real control plane (e2e)${inCi ? ', which is a failure in CI' : ''}`,
  )
  for (const line of lacking) console.log(`  ${line}`)
  console.log('  What follows says nothing about them.')
}
if (skipped.length > 0) {
  heading(`SKIPPED${inCi ? ', which is a failure in CI' : ''}`)
  for (const name of skipped) console.log(`  ${name}`)
}
console.log(`\n${sum('passed')} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
