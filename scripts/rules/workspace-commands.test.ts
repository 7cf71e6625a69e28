import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const { scripts } = JSON.parse(read('package.json')) as Readonly<{
  scripts: Readonly<Record<string, string>>
}>

/** Commands of the pages that build and test this repository itself, the program behind each, and who runs that. */
const commands = [
  ['npx -y pnpm@12 demo', 'e2e/demo/demo.ts', 'e2e/cases/demo.e2e.ts'],
  ['npx -y pnpm@12 test', 'scripts/test.mjs', '.ci/run'],
  ['npx -y pnpm@12 build', 'scripts/bundle.mjs', 'e2e/harness/bundle.ts'],
  ['npx -y pnpm@12 image', 'packages/operator/image/main.ts', 'e2e/images/made-image.ts'],
  [
    'npx -y pnpm@12 image --tag registry.example/tools/image-registry-operator:1.0',
    'packages/operator/image/main.ts',
    'e2e/images/made-image.ts',
  ],
] as const

const nameIn = (command: string): string =>
  /^npx -y pnpm@12 ([a-z0-9]+)/.exec(command)?.[1] ?? 'none'

describe('a command of this workspace', () => {
  it.each(commands)('%s is a script that runs %s, as %s does', (command, program, runner) => {
    expect(scripts[nameIn(command)]?.split(' ').at(-1)).toBe(program)
    // CI runs a script by its name.
    const called = runner === '.ci/run' ? `"\${pnpm[@]}" ${nameIn(command)} ` : `'${program}'`
    expect(read(runner)).toContain(called)
  })
})
