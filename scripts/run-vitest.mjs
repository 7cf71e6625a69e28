import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

import { root, runProgram } from './run-program.mjs'

const fileOf = ({ name, startTime, endTime, assertionResults }) => ({
  name: relative(root, name),
  ms: endTime - startTime,
  tests: assertionResults.length,
})

/** Tests that did not run, by file and name. */
const skippedIn = (report) =>
  report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName }) => `${relative(root, name)}: ${fullName}`),
  )

/** A file that cannot even be loaded fails without having any test. */
const unloadable = (report) =>
  report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  ).length

const counted = (report, code) => {
  const failed = report.numFailedTests + unloadable(report)
  return {
    code,
    passed: report.numPassedTests,
    // What is no test can fail as well: a threshold, an error nobody caught.
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: skippedIn(report),
    files: report.testResults.map(fileOf),
  }
}

/** Runs vitest with the arguments; counts what it says of each test. */
export const runVitest = async (args, options = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'vitest-report-'))
  const file = join(folder, 'report.json')
  try {
    const seen = options.show === true ? 'default' : 'dot'
    const reporters = [`--reporter=${seen}`, '--reporter=json', `--outputFile.json=${file}`]
    const { code, output } = await runProgram(['vitest', 'run', ...reporters, ...args], options)
    const report = await readFile(file, 'utf8').then(JSON.parse, () => undefined)
    return report === undefined
      ? { code: code || 1, output, passed: 0, failed: 1, skipped: [], files: [] }
      : { ...counted(report, code), output }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
