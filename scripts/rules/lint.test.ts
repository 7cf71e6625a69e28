import { join } from 'node:path'

import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'

const cwd = join(import.meta.dirname, '../..')

/** With what the compiler knows: for files that exist only, though their text may be another. */
const typed = new ESLint({ cwd })
const untyped = new ESLint({
  cwd,
  overrideConfig: [
    {
      files: ['**/*.ts'],
      ...tseslint.configs.disableTypeChecked,
      rules: {
        ...tseslint.configs.disableTypeChecked.rules,
        'fp-ts/no-discarded-pure-expression': 'off',
      },
    },
  ],
})

const broken = async (
  eslint: ESLint,
  file: string,
  text: string,
): Promise<ReadonlyArray<string>> => {
  const [result] = await eslint.lintText(text, { filePath: join(cwd, file) })
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message)
}

const RENDER = 'packages/render/src/objects/probe.ts'
const APPLY = 'packages/apply/src/perform/probe.ts'
const STORAGE = 'packages/storage-drivers/src/s3/probe.ts'
const OPERATOR = 'packages/operator/src/cli/probe.ts'
const PIPELINE = 'packages/operator/src/pipeline/probe.ts'
const TEST = 'packages/apply/src/perform/probe.test.ts'
const E2E = 'e2e/cases/probe.e2e.ts'

const lines = (count: number): string =>
  `export const probe = (): void => {\n${'  void 0\n'.repeat(count)}}\n`
const ifs = (count: number): string =>
  `export const probe = (n: number): number => {\n${Array.from({ length: count }, (_, i) => `  if (n === ${i}) return ${i}\n`).join('')}  return n\n}\n`

type Case = readonly [rule: string, file: string, text: string]

const refused: ReadonlyArray<Case> = [
  ['house/star-imports', RENDER, "import * as names from '../model'\nexport const probe = names\n"],
  [
    'house/star-imports',
    RENDER,
    "import * as Either from 'fp-ts/Either'\nexport const probe = Either.left\n",
  ],
  [
    'house/star-imports',
    RENDER,
    "import { left } from 'fp-ts/Either'\nexport const probe = left\n",
  ],
  [
    'house/star-imports',
    APPLY,
    "import * as http from 'node:http'\nexport const probe = http.get\n",
  ],
  [
    'house/fp-ts-modules',
    RENDER,
    "import * as TE from 'fp-ts/TaskEither'\nexport const probe = TE.of\n",
  ],
  [
    'house/fp-ts-modules',
    RENDER,
    "import type { IO } from 'fp-ts/IO'\nexport type Probe = IO<string>\n",
  ],
  [
    'house/fp-ts-modules',
    APPLY,
    "import * as RTE from 'fp-ts/ReaderTaskEither'\nexport const probe = RTE.of\n",
  ],
  [
    'house/fp-ts-modules',
    OPERATOR,
    "import * as RTE from 'fp-ts/ReaderTaskEither'\nexport const probe = RTE.of\n",
  ],
  [
    'house/fp-ts-modules',
    PIPELINE,
    "import { State } from 'fp-ts/State'\nexport const probe = State\n",
  ],
  ['house/fp-ts-modules', APPLY, "import { either } from 'fp-ts'\nexport const probe = either\n"],
  ...['chain', 'chainW', 'chainFirst', 'fold', 'foldW', 'bind'].map((word): Case => [
    'house/fp-ts-words',
    RENDER,
    `import * as E from 'fp-ts/Either'\nexport const probe = E.${word}\n`,
  ]),
  ['house/file-name', 'packages/render/src/objects/podTemplate.ts', 'export const probe = 1\n'],
  ['house/file-name', 'packages/render/src/objects/Probe.ts', 'export const probe = 1\n'],
  ['house/file-name', 'packages/render/src/objects/pod-helpers.ts', 'export const probe = 1\n'],
  ['house/file-name', 'scripts/utils.mjs', 'export const probe = 1\n'],
  ['house/no-throw', RENDER, "export const probe = (): void => {\n  throw new Error('x')\n}\n"],
  ['house/no-throw', APPLY, "export const probe = (): void => {\n  throw new Error('x')\n}\n"],
  ['house/no-class', APPLY, 'export class Probe {}\n'],
  ['house/no-class', RENDER, 'export const probe = class {}\n'],
  ['house/no-default-export', RENDER, 'export default 1\n'],
  ['house/no-default-export', RENDER, 'const probe = 1\nexport { probe as default }\n'],
  ['house/no-export-star', RENDER, "export * from '../model'\n"],
  [
    'house/no-default-on-tag',
    RENDER,
    'export const probe = (a: { _tag: string }): number => {\n  switch (a._tag) {\n    default:\n      return 1\n  }\n}\n',
  ],
  ['house/no-loop', RENDER, 'for (const probe of [1]) void probe\n'],
  ['house/no-loop', APPLY, 'while (true) void 0\n'],
  ['house/no-loop', OPERATOR, 'for (let i = 0; i < 1; i += 1) void i\n'],
  ['house/no-async', RENDER, 'export const probe = async (): Promise<void> => undefined\n'],
  ['house/no-async', RENDER, 'export async function probe(): Promise<void> {}\n'],
  ['house/no-clock', RENDER, 'export const probe = Date.now()\n'],
  ['house/no-clock', RENDER, 'export const probe = new Date()\n'],
  ['house/no-random', RENDER, 'export const probe = Math.random()\n'],
  ...[
    "import { exec } from 'node:child_process'\nexport const probe = exec\n",
    "import { runInNewContext } from 'vm'\nexport const probe = runInNewContext\n",
    "import { Worker } from 'node:worker_threads'\nexport const probe = Worker\n",
    "import { writeHeapSnapshot } from 'node:v8'\nexport const probe = writeHeapSnapshot\n",
    "import { open } from 'node:inspector/promises'\nexport const probe = open\n",
    "export const probe = () => import('node:child_process')\n",
    'export const probe = (name: string) => import(name)\n',
    'export const probe = (name: string) => import(`./${name}`)\n',
    "export const probe = eval('1')\n",
    "export const probe = globalThis.eval('1')\n",
    "export const probe = new Function('1')\n",
    "export const probe = Function('1')\n",
    "export const probe = require('fs')\n",
    "export const probe = process.getBuiltinModule('node:fs')\n",
  ].map((text): Case => ['house/no-other-program', OPERATOR, text]),
  ...[APPLY, OPERATOR, RENDER, STORAGE].map((file): Case => [
    'house/no-other-program',
    file,
    "import { exec } from 'node:child_process'\nexport const probe = exec\n",
  ]),
  ...['writeFile', 'appendFile', 'rm', 'rename', 'open', 'mkdir', 'promises', 'cp', 'symlink'].map(
    (name): Case => [
      'house/no-file-writes',
      OPERATOR,
      `import { ${name} } from 'node:fs'\nexport const probe = ${name}\n`,
    ],
  ),
  [
    'house/no-file-writes',
    STORAGE,
    "import { writeFile } from 'node:fs/promises'\nexport const probe = writeFile\n",
  ],
  ['house/no-file-writes', APPLY, "import fs from 'node:fs'\nexport const probe = fs\n"],
  ['house/no-file-writes', APPLY, "export const probe = () => import('node:fs')\n"],
  ['house/no-env', APPLY, "export const probe = process.env['HOME']\n"],
  ['house/no-env', OPERATOR, 'export const { env } = process\n'],
  ['house/no-env', OPERATOR, "import { env } from 'node:process'\nexport const probe = env\n"],
  ...[
    'it.only',
    'it.skip',
    'it.todo',
    'it.fails',
    'describe.only',
    'describe.skip',
    'it.only.each',
  ].map((call): Case => [
    'house/no-partial-test-run',
    TEST,
    `import { describe, it } from 'vitest'\nvoid describe\nvoid it\n${call}('x', () => undefined)\n`,
  ]),
  [
    'house/no-partial-test-run',
    E2E,
    "import { it } from 'vitest'\nit.skipIf(true)('x', () => undefined)\n",
  ],
  [
    'fp-ts/no-lib-imports',
    RENDER,
    "import { left } from 'fp-ts/lib/Either'\nexport const probe = left\n",
  ],
  [
    'fp-ts/no-redundant-flow',
    RENDER,
    "import { flow } from 'fp-ts/function'\nexport const probe = flow(String)\n",
  ],
  [
    'fp-ts/prefer-traverse',
    RENDER,
    "import * as E from 'fp-ts/Either'\nimport { pipe } from 'fp-ts/function'\nimport * as RA from 'fp-ts/ReadonlyArray'\nexport const probe = pipe([1], RA.map(E.right), RA.sequence(E.Applicative))\n",
  ],
  ['@typescript-eslint/no-explicit-any', APPLY, 'export const probe = (a: any): void => void a\n'],
  [
    '@typescript-eslint/no-non-null-assertion',
    APPLY,
    'export const probe = (a?: string): string => a!\n',
  ],
  [
    '@typescript-eslint/consistent-type-assertions',
    RENDER,
    'export const probe = (a: unknown): string => a as string\n',
  ],
  [
    '@typescript-eslint/consistent-type-assertions',
    APPLY,
    'export const probe = (a: unknown): string => <string>a\n',
  ],
  ['@typescript-eslint/explicit-module-boundary-types', APPLY, 'export const probe = () => 1\n'],
  [
    '@typescript-eslint/consistent-type-definitions',
    APPLY,
    'export interface Probe {\n  a: 1\n}\n',
  ],
  ['@typescript-eslint/no-unused-vars', APPLY, 'const probe = 1\n'],
  ['complexity', RENDER, ifs(10)],
  [
    'max-params',
    RENDER,
    'export const probe = (a: 1, b: 1, c: 1, d: 1, e: 1): number => a + b + c + d + e\n',
  ],
  [
    'max-depth',
    APPLY,
    'export const probe = (a: boolean): void => {\n  if (a) {\n    if (a) {\n      if (a) {\n        if (a) void a\n      }\n    }\n  }\n}\n',
  ],
  ['max-lines-per-function', APPLY, lines(80)],
  ['no-warning-comments', RENDER, '// TODO: later\nexport const probe = 1\n'],
  ['no-warning-comments', 'scripts/probe.mjs', '// one more FIXME\nexport const probe = 1\n'],
  ['eqeqeq', 'scripts/probe.mjs', 'export const probe = (a) => a == 1\n'],
  ['no-var', APPLY, 'export var probe = 1\n'],
  ['prefer-const', APPLY, 'let probe = 1\nexport { probe }\n'],
  ['no-param-reassign', APPLY, 'export const probe = (a: number): void => {\n  a = 1\n}\n'],
]

const accepted: ReadonlyArray<readonly [what: string, file: string, text: string]> = [
  ['as const', RENDER, "export const probe = ['a'] as const\n"],
  [
    'an assertion in a codec',
    'packages/render/src/decode/probe-codec.ts',
    'export const probe = (a: unknown): string => a as string\n',
  ],
  [
    'a loop in a state machine',
    'packages/apply/src/observe/reflector.ts',
    'for (const probe of [1]) void probe\n',
  ],
  [
    'the environment in its one reader',
    'packages/operator/src/config-from-env.ts',
    "export const probe = process.env['HOME']\n",
  ],
  [
    'an exception in a test',
    TEST,
    "export const probe = (): void => {\n  throw new Error('x')\n}\n",
  ],
  [
    'a type of fp-ts by its name',
    RENDER,
    "import type { Either } from 'fp-ts/Either'\nexport type Probe = Either<string, number>\n",
  ],
  [
    'ReaderTaskEither in the pipeline',
    PIPELINE,
    "import * as RTE from 'fp-ts/ReaderTaskEither'\nexport const probe = RTE.flatMap\n",
  ],
  ['a list of names under one name', RENDER, "export * as probe from '../model'\n"],
  ['a time that is given', RENDER, 'export const probe = (now: string): Date => new Date(now)\n'],
  [
    'a switch with many cases',
    RENDER,
    `export const probe = (n: number): number => {\n  switch (n) {\n${Array.from({ length: 20 }, (_, i) => `    case ${i}:\n      return ${i}\n`).join('')}    default:\n      return n\n  }\n}\n`,
  ],
  ['eighty lines', APPLY, lines(78)],
]

/** The compiler knows files that exist; the text is replaced. */
const EXISTING = 'packages/render/src/digest.ts'

const refusedByType: ReadonlyArray<Case> = [
  ['@typescript-eslint/no-floating-promises', EXISTING, 'Promise.resolve(1)\n'],
  [
    '@typescript-eslint/no-unsafe-assignment',
    EXISTING,
    "export const probe: string = JSON.parse('1')\n",
  ],
  [
    '@typescript-eslint/switch-exhaustiveness-check',
    EXISTING,
    "export const probe = (a: 'x' | 'y'): number | undefined => {\n  switch (a) {\n    case 'x':\n      return 1\n  }\n  return undefined\n}\n",
  ],
  [
    'fp-ts/no-discarded-pure-expression',
    EXISTING,
    "import * as T from 'fp-ts/Task'\nexport const probe = (): void => {\n  T.of(1)\n}\n",
  ],
]

describe('code that breaks a rule is refused', () => {
  it.each(refused)('%s in %s', async (rule, file, text) => {
    expect(await broken(untyped, file, text)).toContain(rule)
  })

  it.each(refusedByType)('%s in %s', { timeout: 60_000 }, async (rule, file, text) => {
    expect(await broken(typed, file, text)).toContain(rule)
  })

  it('for every rule of our own and of the fp-ts plugin', async () => {
    const configs = await Promise.all(
      [RENDER, TEST].map(
        (file) => typed.calculateConfigForFile(join(cwd, file)) as Promise<{ rules: object }>,
      ),
    )
    const rules = configs.flatMap((config) => Object.keys(config.rules))
    const proved = new Set([...refused, ...refusedByType].map(([rule]) => rule))
    const missing = rules.filter((rule) => /^(house|fp-ts)\//.test(rule) && !proved.has(rule))
    expect(missing).toEqual([])
  })
})

describe('code that keeps the rules is not', () => {
  it.each(accepted)('%s', async (_, file, text) => {
    expect(await broken(untyped, file, text)).toEqual([])
  })
})
