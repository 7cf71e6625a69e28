// Everything that can be known without a cluster. CI runs the same.
import './node-version.mjs'

import { parseArgs } from 'node:util'

import { checkSteps } from './check-steps.mjs'
import { runSteps } from './run-steps.mjs'

const names = checkSteps.map(({ name }) => name)
const help = `Usage: pnpm check [--only STEP,…]

${checkSteps.map(({ name, what }) => `  ${name.padEnd(8)} ${what}`).join('\n')}

Example: pnpm check --only lint,types`

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: { only: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
})
const only = values.only?.split(',') ?? names
const unknown = only.filter((name) => !names.includes(name))

if (values.help) {
  console.log(help)
} else if (unknown.length > 0) {
  console.error(`There is no step ${unknown.join(', ')}.\n\n${help}`)
  process.exitCode = 1
} else {
  const began = Date.now()
  const results = await runSteps(checkSteps.filter(({ name }) => only.includes(name)))
  const failed = results.filter(({ code }) => code !== 0).map(({ step }) => step.name)
  console.log(
    `${failed.length === 0 ? 'All is well' : `Failed: ${failed.join(', ')}`}  ${((Date.now() - began) / 1000).toFixed(1)} s`,
  )
  process.exitCode = failed.length === 0 ? 0 : 1
}
