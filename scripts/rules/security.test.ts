import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { repeated, rowsIn, rowsOf, testProblems, type Row } from './tested-rows'

const root = join(import.meta.dirname, '../..')
const page = 'docs/security.md'
const text = readFileSync(join(root, page), 'utf8')

const rows = rowsIn(page).filter(({ id }) => /^S\d+$/.test(id))

const problemsOf = ({ id, fact, here, tests }: Row): ReadonlyArray<string> =>
  [
    ...(fact === '' ? ['nobody could do anything'] : []),
    ...(here === '' ? ['what stops it is not said'] : []),
    ...testProblems(tests),
  ].map((problem) => `${id}: ${problem}`)

describe('docs/security.md', () => {
  it('numbers its threats, each once', () => {
    expect(rows.length).toBeGreaterThanOrEqual(15)
    expect(repeated(rows.map(({ id }) => id))).toEqual([])
  })

  it('says of every threat what stops it, with tests that are there', () => {
    expect(rows.flatMap(problemsOf)).toEqual([])
  })

  it('links to what is there, and is linked to from where one begins to read', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, path = '']) => path)
    expect(links.filter((path) => !existsSync(join(root, dirname(page), path)))).toEqual([])
    for (const file of ['README.md', 'ARCHITECTURE.md'])
      expect(readFileSync(join(root, file), 'utf8')).toContain(`](${page})`)
  })

  it('says the limits that hold', () => {
    const limits = readFileSync(join(root, 'packages/operator/src/cli/input/limits.ts'), 'utf8')
    const said = (name: string): string =>
      (new RegExp(`^  ${name}: ([\\d_]+),`, 'm').exec(limits)?.[1] ?? name).replaceAll('_', ',')
    for (const name of ['files', 'yamlTokens', 'jsonValues', 'depth', 'aliases', 'problems'])
      expect(text).toContain(said(name))
  })

  it.each([
    ['| S1 | steal |  | `scripts/rules/security.test.ts` "docs" |', 'what stops it is not said'],
    ['| S1 | steal | a lock |  |', 'names no test'],
    ['| S1 | steal | a lock | `scripts/rules/lint.test.ts` "is gone" |', 'has no test'],
  ])('may not have the row %s', (line, problem) => {
    expect(rowsOf(line).flatMap(problemsOf)).toEqual([expect.stringContaining(problem)])
  })
})
