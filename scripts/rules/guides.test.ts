import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { guideBlocks, type GuideBlock } from '../../e2e/guides/guide-blocks'
import { missingLine } from '../../e2e/guides/missing-lines'

const root = join(import.meta.dirname, '../..')
const guideTests = 'e2e/cases/guides'
const guides = 'docs/guides'

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const filesIn = (folder: string, ending: string): ReadonlyArray<string> =>
  readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${String(name)}`)
    .filter((path) => path.endsWith(ending))
    .sort()

/** What a test follows: a page, and on which kind of cluster. */
const followedIn = (source: string): ReadonlyArray<string> =>
  [...source.matchAll(/\bdescribe(?:Storage)?Guide\(\s*'([^']+)',\s*'([^']+)'/g)].map(
    ([, path = '', platform = '']) => `${path} ${platform}`,
  )

const commandsIn = (code: string): ReadonlyArray<string> =>
  code
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '')

/** What is wrong with a block that another test is to run. */
const elsewhereProblems = ({ where, code }: GuideBlock): ReadonlyArray<string> => {
  if (!existsSync(join(root, where))) return [`there is no test ${where}`]
  const source = read(where)
  return commandsIn(code)
    .filter((command) => !source.includes(command))
    .map((command) => `${where} does not have: ${command}`)
}

const problemsIn = (
  path: string,
  blocks: ReadonlyArray<GuideBlock>,
  followed: ReadonlyArray<string>,
): ReadonlyArray<string> =>
  blocks
    .flatMap((block) => {
      const { line, where } = block
      const found = /\.(e2e|test)\.ts$/.test(where)
        ? elsewhereProblems(block)
        : followed.some((run) => run.startsWith(`${path} ${where}`))
          ? []
          : [`no test in ${guideTests} follows it${where === '' ? '' : ` on ${where}`}`]
      return found.map((problem) => `${path}:${line}: ${problem}`)
    })
    .sort()

const followed = filesIn(guideTests, '.e2e.ts').flatMap((path) => followedIn(read(path)))
const pages = ['README.md', ...filesIn('docs', '.md')]

describe('the commands of every page', () => {
  it('are run by a test', () => {
    expect(pages.flatMap((path) => problemsIn(path, guideBlocks(read(path)), followed))).toEqual([])
  })

  it('are looked for by tests in pages that have some', () => {
    const withCommands = pages.filter((path) => guideBlocks(read(path)).length > 0)
    const paths = followed.map((run) => run.replace(/ .*/, ''))
    expect(paths.filter((path) => !withCommands.includes(path))).toEqual([])
  })

  it('are found by the index, if the page is a guide', () => {
    const index = read(`${guides}/README.md`)
    const missing = filesIn(guides, '.md')
      .map((path) => path.slice(guides.length + 1))
      .filter((name) => name !== 'README.md' && !index.includes(`](${name}`))
    expect(missing).toEqual([])
  })

  it.each([
    ['```sh\nls\n```', 'follows it'],
    ['```sh openshift\nls\n```', 'follows it on openshift'],
    ['```sh plan9\nls\n```', 'follows it on plan9'],
    ['1. then\n\n   ```sh kubernetes\n   ls\n   ```', ''],
    ['```sh e2e/cases/none.e2e.ts\nls\n```', 'there is no test'],
    [
      '```sh e2e/cases/demo.e2e.ts\nls -l /nowhere   # to look\n```',
      'does not have: ls -l /nowhere',
    ],
    ['```console\nls\n```', ''],
  ])('may not be %j', (page, problem) => {
    const here = page.includes('plan9') || page.includes('openshift') ? ['a.md kubernetes'] : []
    const runs = page.includes('then') ? ['a.md kubernetes'] : here
    const found = problemsIn('a.md', guideBlocks(page), runs)
    expect(found).toEqual(problem === '' ? [] : [expect.stringContaining(problem)])
  })
})

describe('a guide', () => {
  it('has blocks, each with its heading, its place and what it prints', () => {
    const page = [
      '# One\n## Two\n- a list\n  ```sh\n  ls \\\n    -l\n  ```',
      '  ```text\n  a …\n\n  b\n  ```',
      '```yaml\n# Three\n```',
      '```sh openshift\ntrue\n```',
    ].join('\n')
    expect(guideBlocks(page)).toEqual([
      { heading: 'Two', line: 4, where: '', code: 'ls \\\n  -l\n', prints: ['a …', 'b'] },
      { heading: 'Two', line: 16, where: 'openshift', code: 'true\n', prints: [] },
    ])
  })

  it('prints its lines in order, of which a part may be anything', () => {
    const output = 'NAME   READY\nregistry  1/1   3s\nother 2/2 3s\n'
    expect(missingLine(['NAME READY', 'other 2/2 …'], output)).toBeUndefined()
    expect(missingLine(['registry 1/1 …', 'NAME READY'], output)).toBe('NAME READY')
    expect(missingLine(['registry 1/1'], output)).toBe('registry 1/1')
    expect(missingLine(['registry 1.1 …'], output)).toBe('registry 1.1 …')
  })
})
