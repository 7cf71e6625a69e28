import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser'
import { afterAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const scope = '@image-registry-operator'

type Rules = {
  readonly forbidden: ReadonlyArray<{ readonly name: string }>
  readonly options: object
}
const config = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as Rules

/** Each file with its one import, and the rules that refuse it. */
const broken: ReadonlyArray<
  readonly [file: string, specifier: string, rule: string, ...more: ReadonlyArray<string>]
> = [
  ['packages/render/src/model/circular.ts', './circular-other', 'no-circular'],
  ['packages/render/src/decode/lost.ts', './nowhere', 'no-unresolvable'],
  ['packages/apply/src/observe/deep.ts', `${scope}/render/model/names`, 'no-unresolvable'],
  ['packages/operator/src/cli/undeclared.ts', 'picocolors', 'declared-dependencies-only'],
  ['packages/operator/src/cli/for-tests.ts', 'vitest', 'declared-dependencies-only'],
  ['packages/render/src/model/up.ts', '../decode/decode', 'model-stays-in-its-place'],
  ['packages/render/src/model/reads.ts', 'io-ts', 'model-has-few-libraries'],
  ['packages/render/src/digest.ts', './plan/plan', 'digest-stays-in-its-place'],
  ['packages/render/src/digest.ts', 'io-ts', 'digest-has-few-libraries'],
  ['packages/render/src/once-known.ts', './plan/plan', 'once-known-stays-in-its-place'],
  ['packages/render/src/once-known.ts', 'io-ts', 'once-known-has-few-libraries'],
  ['packages/render/src/fields/up.ts', '../plan/plan', 'fields-stays-in-its-place'],
  ['packages/render/src/fields/reads.ts', 'io-ts', 'fields-has-few-libraries'],
  ['packages/render/src/schema/up.ts', '../decode/decode', 'schema-stays-in-its-place'],
  ['packages/render/src/schema/hashes.ts', '@noble/hashes/sha2.js', 'schema-has-few-libraries'],
  [
    'packages/render/src/storage/up.ts',
    '../objects/deployment/deployment',
    'storage-stays-in-its-place',
  ],
  ['packages/render/src/storage/reads.ts', 'io-ts', 'storage-has-few-libraries'],
  [
    'packages/render/src/decode/up.ts',
    '../objects/deployment/deployment',
    'decode-stays-in-its-place',
  ],
  ['packages/render/src/decode/hashes.ts', '@noble/hashes/sha2.js', 'decode-has-few-libraries'],
  ['packages/render/src/objects/up.ts', '../render', 'objects-stays-in-its-place'],
  ['packages/render/src/objects/aside.ts', '../plan/plan', 'objects-stays-in-its-place'],
  ['packages/render/src/objects/reads.ts', 'io-ts', 'objects-has-few-libraries'],
  ['packages/render/src/render.ts', './plan/plan', 'render-stays-in-its-place'],
  ['packages/render/src/render.ts', 'io-ts', 'render-has-few-libraries'],
  ['packages/render/src/plan/aside.ts', '../status/status', 'plan-stays-in-its-place'],
  [
    'packages/render/src/plan/back.ts',
    '../objects/deployment/deployment',
    'plan-stays-in-its-place',
  ],
  ['packages/render/src/plan/reads.ts', 'io-ts', 'plan-has-few-libraries'],
  ['packages/render/src/status/aside.ts', '../plan/plan', 'status-stays-in-its-place'],
  [
    'packages/render/src/status/back.ts',
    '../objects/deployment/deployment',
    'status-stays-in-its-place',
  ],
  ['packages/render/src/status/reads.ts', 'io-ts', 'status-has-few-libraries'],
  ['packages/render/src/events/aside.ts', '../status/status', 'events-stays-in-its-place'],
  ['packages/render/src/events/reads.ts', 'io-ts', 'events-has-few-libraries'],
  ['packages/render/src/errors-text/aside.ts', '../plan/plan', 'errors-text-stays-in-its-place'],
  ['packages/render/src/errors-text/reads.ts', 'io-ts', 'errors-text-has-few-libraries'],
  ['packages/render/src/elsewhere/new.ts', '../model', 'render-parts-are-known'],
  ['packages/render/src/install/aside.ts', '../plan/plan', 'install-stays-in-its-place'],
  ['packages/render/src/install/hashes.ts', '@noble/hashes/sha2.js', 'install-has-few-libraries'],
  ['packages/render/src/plan/later.ts', 'fp-ts/Task', 'render-has-no-effects'],
  ['packages/render/src/plan/clock.ts', 'fp-ts/IO', 'render-has-no-effects'],
  ['packages/render/src/plan/reader.ts', 'fp-ts/ReaderTaskEither', 'render-has-no-effects'],
  ['packages/render/src/index.ts', 'fs', 'render-has-no-node'],
  ['packages/render/src/plan/writes.ts', 'fs', 'render-has-no-node', 'plan-has-few-libraries'],
  [
    'packages/render/src/index.ts',
    '../../apply/src/index',
    'render-knows-no-shell',
    'packages-have-names',
  ],
  ['packages/apply/src/perform/decides.ts', `${scope}/render`, 'apply-knows-the-model-only'],
  [
    'packages/storage-drivers/src/s3/decides.ts',
    `${scope}/render`,
    'storage-drivers-know-the-model-only',
  ],
  [
    'packages/apply/src/client/stores.test.ts',
    '../../../storage-drivers/src/index',
    'hands-do-not-know-each-other',
    'packages-have-names',
  ],
  [
    'packages/storage-drivers/src/s3/applies.test.ts',
    '../../../apply/src/index',
    'hands-do-not-know-each-other',
    'packages-have-names',
  ],
  ['packages/storage-drivers/src/s3/other.ts', '../gcs/driver', 'drivers-do-not-know-each-other'],
  [
    'packages/apply/src/observe/lists.ts',
    '@kubernetes/client-node',
    'one-file-knows-the-kubernetes-library',
  ],
  [
    'packages/apply/src/perform/runs.test.ts',
    '../../../operator/src/main',
    'nobody-imports-the-operator',
    'packages-have-entrances',
    'packages-have-names',
  ],
  [
    'e2e/cases/inside.e2e.ts',
    '../../packages/operator/src/main',
    'e2e-sees-from-outside',
    'nobody-imports-the-operator',
    'packages-have-entrances',
    'packages-have-names',
  ],
  [
    'packages/operator/src/cli/relative.ts',
    '../../../render/src/render',
    'packages-have-entrances',
    'packages-have-names',
  ],
  ['packages/operator/src/cli/fakes.ts', `${scope}/apply/testing`, 'testing-is-for-tests'],
  ['packages/apply/src/perform/fakes.ts', '../testing/index', 'testing-is-for-tests'],
  ['e2e/cases/decides.e2e.ts', `${scope}/render`, 'e2e-sees-from-outside'],
  [
    'packages/oci-image/src/knows.ts',
    '../../render/src/model/index',
    'images-know-nobody',
    'packages-have-names',
  ],
  ['packages/operator/src/cli/packs.ts', `${scope}/oci-image`, 'programs-know-no-images'],
]

const allowed: ReadonlyArray<readonly [file: string, specifier: string]> = [
  ['packages/render/src/decode/reads.ts', 'io-ts'],
  ['packages/render/src/decode/shaped.ts', '../schema/object'],
  ['packages/render/src/plan/compares.ts', '../digest'],
  ['packages/render/src/plan/plan.test.ts', '../testing/index'],
  ['packages/render/src/plan/orders.ts', 'fp-ts/Ord'],
  ['packages/apply/src/client/http-kube-client.ts', '@kubernetes/client-node'],
  ['packages/apply/src/observe/names.ts', `${scope}/render/model`],
  ['packages/apply/src/observe/later.ts', 'fp-ts/TaskEither'],
  ['packages/operator/src/pipeline/plan.ts', `${scope}/render`],
  ['packages/operator/src/loop/loop.test.ts', `${scope}/apply/testing`],
  ['e2e/cases/contract.e2e.ts', `${scope}/apply/testing`],
  ['e2e/cases/names.e2e.ts', `${scope}/render/model`],
  ['packages/operator/image/packs.ts', `${scope}/oci-image`],
  ['packages/operator/image/says.ts', '../src/main'],
  ['e2e/cases/packs.e2e.ts', `${scope}/oci-image`],
]

/** What the imports above lead to. */
const targets = [
  'packages/render/src/model/index.ts',
  'packages/render/src/index.ts',
  'packages/render/src/render.ts',
  'packages/render/src/digest.ts',
  'packages/render/src/decode/decode.ts',
  'packages/render/src/objects/deployment/deployment.ts',
  'packages/render/src/plan/plan.ts',
  'packages/render/src/status/status.ts',
  'packages/render/src/schema/object.ts',
  'packages/render/src/testing/index.ts',
  'packages/apply/src/index.ts',
  'packages/apply/src/testing/index.ts',
  'packages/operator/src/main.ts',
  'packages/oci-image/src/index.ts',
  'packages/storage-drivers/src/index.ts',
  'packages/storage-drivers/src/gcs/driver.ts',
]

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'imports-')))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), text)
}

const link = (file: string, target: string): void => {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  symlinkSync(target, join(folder, file))
}

/** The workspace in small: the real manifests and libraries, the files above instead of the real ones. */
const layWorkspace = (): void => {
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
  for (const name of ['render', 'apply', 'storage-drivers', 'oci-image', 'operator']) {
    mkdirSync(join(folder, 'packages', name), { recursive: true })
    cpSync(
      join(root, 'packages', name, 'package.json'),
      join(folder, 'packages', name, 'package.json'),
    )
    link(`node_modules/${scope}/${name}`, join(folder, 'packages', name))
  }
  const libraries = {
    operator: ['fp-ts', 'io-ts'],
    render: ['@noble/hashes'],
    apply: ['@kubernetes/client-node'],
    '..': ['picocolors', 'vitest'],
  }
  for (const [name, names] of Object.entries(libraries))
    for (const library of names)
      link(
        `node_modules/${library}`,
        realpathSync(join(root, 'packages', name, 'node_modules', library)),
      )
  for (const file of targets) write(file, 'export const target = 1\n')
  const texts = new Map<string, string>()
  for (const [file, specifier] of [...broken, ...allowed])
    texts.set(file, `${texts.get(file) ?? ''}import '${specifier}'\n`)
  texts.set('packages/render/src/model/circular.ts', "import type { B } from './circular-other'\n")
  texts.set('packages/render/src/model/circular-other.ts', "import type { A } from './circular'\n")
  for (const [file, text] of texts) write(file, text)
}

type Refusals = ReadonlyMap<string, ReadonlyArray<string>>

const key = (file: string, specifier: string): string => `${file} → ${specifier}`

const refusals = async (): Promise<Refusals> => {
  const { output } = await cruise(['packages', 'e2e'], {
    ...config.options,
    baseDir: folder,
    validate: true,
    ruleSet: { forbidden: config.forbidden },
  } as ICruiseOptions)
  const { modules } = output as ICruiseResult
  return new Map(
    modules.flatMap(({ source, dependencies }) =>
      dependencies.map(({ module, rules }): readonly [string, ReadonlyArray<string>] => [
        key(source, module),
        (rules ?? []).map(({ name }) => name),
      ]),
    ),
  )
}

layWorkspace()
const refused = await refusals()

describe('an import that breaks a rule is refused', () => {
  it.each(broken)('%s → %s: %s', (file, specifier, ...rules) => {
    expect([...(refused.get(key(file, specifier)) ?? ['not seen'])].sort()).toEqual(
      [...rules].sort(),
    )
  })

  it('for every rule there is', () => {
    const proved = new Set(broken.flatMap(([, , ...rules]) => rules))
    expect(config.forbidden.map(({ name }) => name).filter((name) => !proved.has(name))).toEqual([])
  })
})

describe('an import that keeps the rules is not', () => {
  it.each(allowed)('%s → %s', (file, specifier) => {
    expect(refused.get(key(file, specifier))).toEqual([])
  })
})
