import { describe, expect, it } from 'vitest'

import { compileVirtually } from './compile-virtually'

const uses = {
  process: 'export const probe: unknown = process',
  fetch: "export const probe: unknown = fetch('http://127.0.0.1')",
  Buffer: "export const probe: unknown = Buffer.from('')",
  console: "console.log('probe')\nexport {}",
  setTimeout: 'setTimeout(() => undefined, 1)\nexport {}',
  setInterval: 'setInterval(() => undefined, 1)\nexport {}',
  queueMicrotask: 'queueMicrotask(() => undefined)\nexport {}',
  URL: "export const probe: unknown = new URL('http://127.0.0.1')",
  TextEncoder: 'export const probe: unknown = new TextEncoder()',
  structuredClone: 'export const probe: unknown = structuredClone({})',
  crypto: 'export const probe: unknown = crypto.randomUUID()',
  performance: 'export const probe: unknown = performance.now()',
  window: 'export const probe: unknown = window',
  require: "export const probe: unknown = require('fs')",
}

const imports = ['node:fs', 'fs', 'node:process', 'node:crypto', 'node:http', 'undici']

const names = Object.keys(uses)
const fileOf = (name: string): string => `probe-${name.replace(':', '-')}.ts`

const problems = compileVirtually('packages/render', {
  'probe-clean.ts': "import { keyOf } from './model'\nexport const probe: unknown = keyOf",
  ...Object.fromEntries(Object.entries(uses).map(([name, text]) => [fileOf(name), text])),
  ...Object.fromEntries(
    imports.map((name) => [
      fileOf(`import-${name}`),
      `import * as probed from '${name}'\nexport const probe: unknown = probed`,
    ]),
  ),
})

describe('the compiler keeps the world out of packages/render', () => {
  it('has nothing against code that decides only', () => {
    expect(problems['probe-clean.ts']).toEqual([])
  })

  it.each(names)('does not know %s', (name) => {
    // 2304, 2580, 2584, 2591: cannot find the name (and how to get at it).
    expect(problems[fileOf(name)]?.join('\n')).toMatch(
      new RegExp(`TS(2304|2580|2584|2591): Cannot find name '${name}'`),
    )
  })

  it.each(imports)('does not find %s', (name) => {
    expect(problems[fileOf(`import-${name}`)]?.join('\n')).toMatch(
      new RegExp(`TS(2307|2591): Cannot find (module|name) '${name}'`),
    )
  })
})
