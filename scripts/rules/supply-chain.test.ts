import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '../..')

type Packaged = Readonly<{ name: string; version: string; license: unknown; folder: string }>

const { refusedLicences } = (await import(join(root, 'scripts/licences.mjs'))) as {
  readonly refusedLicences: (packages: ReadonlyArray<Packaged>) => ReadonlyArray<string>
}

const read = (...path: ReadonlyArray<string>): string => readFileSync(join(root, ...path), 'utf8')

type Manifest = Readonly<{
  name?: string
  scripts?: Readonly<Record<string, string>>
  dependencies?: Readonly<Record<string, string>>
  devDependencies?: Readonly<Record<string, string>>
  optionalDependencies?: Readonly<Record<string, string>>
}>

const manifest = (...path: ReadonlyArray<string>): Manifest =>
  JSON.parse(read(...path, 'package.json')) as Manifest

const workspace = parse(read('pnpm-workspace.yaml')) as Readonly<{
  catalog: Readonly<Record<string, string>>
  overrides: Readonly<Record<string, string>>
  allowBuilds: Readonly<Record<string, boolean>>
}>

const lock = parse(read('pnpm-lock.yaml')) as Readonly<{
  packages: Readonly<Record<string, Readonly<{ resolution: Readonly<Record<string, string>> }>>>
}>

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/

/** What a manifest asks for by anything but the workspace's one version. */
const loose = ({ dependencies, devDependencies, optionalDependencies }: Manifest) =>
  Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
    ([, version]) => !/^(catalog:|workspace:\*)$/.test(version) && !EXACT.test(version),
  )

/** Packages that would run something when they are installed. */
const running = (manifests: ReadonlyArray<Manifest>): ReadonlyArray<string> =>
  manifests
    .filter(({ scripts = {} }) =>
      ['preinstall', 'install', 'postinstall'].some((name) => Object.hasOwn(scripts, name)),
    )
    .map(({ name = '' }) => name)

const foldersIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(join(root, folder)).flatMap((name) =>
    name.startsWith('@')
      ? readdirSync(join(root, folder, name)).map((one) => join(folder, name, one))
      : name.startsWith('.')
        ? []
        : [join(folder, name)],
  )

/** The manifest of everything that is installed. */
const installed = (): ReadonlyArray<Manifest> => {
  const store = 'node_modules/.pnpm'
  const found = readdirSync(join(root, store))
    .filter((name) => name.includes('@'))
    .flatMap((name) => foldersIn(join(store, name, 'node_modules')))
  const manifests = found.flatMap((folder) => {
    try {
      return [manifest(folder)]
    } catch {
      // Links to packages of other systems, which are not installed here.
      return []
    }
  })
  return [...new Map(manifests.map((one) => [one.name, one])).values()]
}

/** Packages of which the lock file does not say which bytes they are, or that come from elsewhere than the registry. */
const unlocked = (packages: typeof lock.packages): ReadonlyArray<string> =>
  Object.entries(packages)
    .filter(
      ([, { resolution }]) =>
        !/^sha512-/.test(resolution['integrity'] ?? '') || Object.keys(resolution).length !== 1,
    )
    .map(([name]) => name)

describe('what the project is made of', () => {
  it('has one version, which is said exactly', () => {
    const versions = Object.entries({ ...workspace.catalog, ...workspace.overrides })
    expect(versions.length).toBeGreaterThan(30)
    expect(versions.filter(([, version]) => !EXACT.test(version))).toEqual([])
    const manifests = [
      manifest(),
      ...readdirSync(join(root, 'packages')).map((name) => manifest('packages', name)),
    ]
    expect(manifests.flatMap(loose)).toEqual([])
    expect(loose({ dependencies: { a: '^1.0.0', b: 'latest', c: 'catalog:' } })).toHaveLength(2)
  })

  it('is known byte by byte in the lock file', () => {
    expect(Object.keys(lock.packages).length).toBeGreaterThan(300)
    expect(unlocked(lock.packages)).toEqual([])
    const foreign = { resolution: { tarball: 'https://example.com/a.tgz', integrity: 'sha512-a' } }
    expect(unlocked({ a: foreign, b: { resolution: {} } })).toEqual(['a', 'b'])
  })

  it('runs nothing when it is installed, but for what is allowed to by name', () => {
    const all = installed()
    expect(all.length).toBeGreaterThan(300)
    expect([...running(all)].sort()).toEqual(Object.keys(workspace.allowBuilds).sort())
    expect(
      Object.keys(workspace.allowBuilds).filter((name) => workspace.allowBuilds[name]),
    ).toEqual(['esbuild'])
    expect(running([{ name: 'a', scripts: { postinstall: 'true' } }])).toEqual(['a'])
  })

  it('is installed as the lock file says, in CI and in the image', () => {
    expect(read('.ci/run')).toContain('install --frozen-lockfile')
    const dockerfile = read('Dockerfile')
    expect(dockerfile.match(/^RUN npx .*$/gm)).toEqual([
      expect.stringMatching(/^RUN npx -y pnpm@\d+\.\d+\.\d+ install --frozen-lockfile$/),
      expect.stringMatching(/^RUN npx -y pnpm@\d+\.\d+\.\d+ image /),
    ])
  })

  it('may be passed on: a licence that nobody has agreed to is refused', () => {
    const packages = ['MIT', 'GPL-3.0-only', undefined, 'MIT OR GPL-2.0', 'SEE LICENSE IN x'].map(
      (license, index) => ({ name: `p${index}`, version: '1.0.0', license, folder: '' }),
    )
    expect(refusedLicences(packages)).toEqual([
      'p1 1.0.0: "GPL-3.0-only"',
      'p2 1.0.0: "none"',
      'p3 1.0.0: "MIT OR GPL-2.0"',
      'p4 1.0.0: "SEE LICENSE IN x"',
    ])
  })
})
