import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { compileVirtually } from './compile-virtually'

const root = join(import.meta.dirname, '../..')

const RESOLVE = `
  const found = (specifier) => {
    try { return import.meta.resolve(specifier) } catch ({ code }) { return code }
  }
  console.log(JSON.stringify(process.argv.slice(1).map(found)))`

/** What Node finds when a file of the package imports the specifiers, or the codes of its refusals. */
const foundAtRunTime = (
  project: string,
  specifiers: ReadonlyArray<string>,
): Readonly<Record<string, string>> => {
  const args = ['--input-type=module', '--eval', RESOLVE, ...specifiers]
  const answer = execFileSync(process.execPath, args, {
    cwd: join(root, project, 'src'),
    encoding: 'utf8',
  })
  const found = JSON.parse(answer) as ReadonlyArray<string>
  return Object.fromEntries(specifiers.map((specifier, index) => [specifier, found[index] ?? '']))
}

const importing = (specifier: string): string =>
  `import * as probed from '${specifier}'\nexport const probe: unknown = probed`

const compiled = (
  project: string,
  specifiers: ReadonlyArray<string>,
): Readonly<Record<string, string>> => {
  const fileOf = (index: number): string => `probe-${index}.ts`
  const files = specifiers.map((specifier, index) => [fileOf(index), importing(specifier)])
  const problems = compileVirtually(project, Object.fromEntries(files) as Record<string, string>)
  return Object.fromEntries(
    specifiers.map((specifier, index) => [specifier, (problems[fileOf(index)] ?? []).join('\n')]),
  )
}

const deep = [
  '@image-registry-operator/render/src/render',
  '@image-registry-operator/render/src/render.ts',
  '@image-registry-operator/render/model/names',
  '@image-registry-operator/render/decode',
]
const entrances = ['@image-registry-operator/render', '@image-registry-operator/render/model']
/** Dependencies of packages/apply and packages/operator, which packages/render does not declare. */
const undeclared = ['@kubernetes/client-node', 'pino', 'commander']

const fromApply = compiled('packages/apply', [...deep, ...entrances])
const fromRender = compiled('packages/render', undeclared)
const runningFromApply = foundAtRunTime('packages/apply', [...deep, ...entrances])
const runningFromRender = foundAtRunTime('packages/render', undeclared)

describe('a package is entered where it says', () => {
  it.each(entrances)('by %s', (specifier) => {
    expect(fromApply[specifier]).toBe('')
    expect(runningFromApply[specifier]).toMatch(/packages\/render\/src\/.*index\.ts$/)
  })

  it.each(deep)('and not by %s', (specifier) => {
    expect(fromApply[specifier]).toContain('TS2307')
    expect(runningFromApply[specifier]).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED')
  })
})

describe('what a package does not declare does not resolve', () => {
  it.each(undeclared)('%s in packages/render', (specifier) => {
    expect(fromRender[specifier]).toContain('TS2307')
    expect(runningFromRender[specifier]).toBe('ERR_MODULE_NOT_FOUND')
  })
})
