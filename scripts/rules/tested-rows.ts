import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** A row of a table that says what is here in place of something, and which tests show that. */
export type Row = {
  readonly id: string
  readonly fact: string
  /** What is here in its place. */
  readonly here: string
  readonly tests: string
}

const isContent = (line: string): boolean =>
  line.startsWith('|') && !line.startsWith('| id |') && !line.startsWith('|---')

const rowOf = (line: string): Row => {
  const [id = '', fact = '', here = '', tests = ''] = line
    .split('|')
    .slice(1)
    .map((cell) => cell.trim())
  return { id, fact, here, tests }
}

/** The rows of the tables in a text. */
export const rowsOf = (text: string): ReadonlyArray<Row> =>
  text.split('\n').filter(isContent).map(rowOf)

/** The rows of the tables in a document, by its path. */
export const rowsIn = (path: string): ReadonlyArray<Row> =>
  rowsOf(readFileSync(join(root, path), 'utf8'))

/** The ids that come twice. */
export const repeated = (ids: ReadonlyArray<string>): ReadonlyArray<string> =>
  ids.filter((id, index) => ids.indexOf(id) !== index)

const NAMED = /^`([^`]+)`(?: "([^"]+)")?$/
const GOLDEN = /^packages\/render\/golden\/[\w-]+$/
const TEST_FILE = /^(packages|scripts|e2e)\/.*\.(test|e2e)\.ts$/

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A name begins with its quote, or with the numbers of the acceptance checklist, e.g. `D13: `. */
export const hasTitle = (source: string, title: string): boolean =>
  new RegExp(`['"\`](?:[A-D]\\d+[^'"\`:]*: )?${escaped(title)}`).test(
    source.replace(/^\s*\/\/.*$/gm, ''),
  )

const fileProblem = (path: string, title: string | undefined): string | undefined => {
  const at = join(root, path)
  if (GOLDEN.test(path)) {
    return existsSync(join(at, 'desired.yaml')) ? undefined : `there is no golden case ${path}`
  }
  if (!TEST_FILE.test(path) || !existsSync(at)) return `there is no test file ${path}`
  if (title === undefined) return `which test of ${path} is not said`
  return hasTitle(readFileSync(at, 'utf8'), title) ? undefined : `${path} has no test "${title}"`
}

const testProblem = (test: string): string | undefined => {
  const [, path, title] = NAMED.exec(test) ?? []
  return path === undefined ? `it names no test: ${test}` : fileProblem(path, title)
}

/** What is wrong with the tests that a row names. */
export const testProblems = (tests: string): ReadonlyArray<string> =>
  tests.split('; ').flatMap((test) => testProblem(test) ?? [])
