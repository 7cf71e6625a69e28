// Makes packages/operator/dist/image-registry-operator.js: the whole program in one file that plain Node >= 22 runs.
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const operator = join(root, 'packages/operator')
const outfile = join(operator, 'dist/image-registry-operator.js')

// The file must run under any name, and in any folder, whether its package.json says "module", something else or does
// not exist. So it holds neither `import` nor `export`, nor does it rely on the `require` that only CommonJS has.
const banner = `((require, module, exports) => {`
const footer = `})(process.getBuiltinModule('node:module').createRequire(process.execPath), { exports: {} }, {})`

const CLIENT = /[\\/]@kubernetes[\\/]client-node[\\/]/

/**
 * Of the Kubernetes library we use the configuration, not the requests (see http-kube-client.ts). These are two
 * thirds of what would be in the bundle, and every start would pay for reading them.
 */
const clientConfigurationOnly = {
  name: 'client-configuration-only',
  setup: ({ onLoad, onResolve, resolve }) => {
    onResolve({ filter: /^@kubernetes\/client-node$/ }, ({ path, resolveDir }) =>
      resolve(`${path}/dist/config.js`, { resolveDir, kind: 'import-statement' }),
    )
    onResolve({ filter: /^(undici|\.\/gen\/.*)$/ }, ({ path, importer }) =>
      CLIENT.test(importer) ? { path, namespace: 'left-out' } : undefined,
    )
    // Should a new version of the library call one of them, it says so, instead of failing in some other way.
    onLoad({ filter: /./, namespace: 'left-out' }, ({ path }) => ({
      contents: `
        const absent = () => { throw new Error(${JSON.stringify(`${path} of @kubernetes/client-node is not in this bundle`)}) }
        export const Agent = absent, ProxyAgent = absent
        export const createConfiguration = absent, ServerConfiguration = absent, of = absent`,
    }))
  },
}

/** The package that a bundled file belongs to, and where that is. */
const packageOf = (input) => {
  const match = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(input)
  return match === null ? undefined : { folder: join(root, match[1]), name: match[2] }
}

const licenceTexts = async (folder) => {
  for (const name of ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'license', 'License.md']) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => undefined)
    if (text !== undefined) return text.trim()
  }
  return '(the package holds no licence text)'
}

const licence = async ({ folder, name }) => {
  const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  return `${name} ${version} (${license})\n\n${await licenceTexts(folder)}\n`
}

/** The licences of everything that went into the file. */
const legalText = async (inputs) => {
  const packages = new Map(
    Object.keys(inputs)
      .map(packageOf)
      .filter((one) => one !== undefined)
      .map((one) => [one.folder, one]),
  )
  const texts = await Promise.all([...packages.values()].map(licence))
  return texts.sort().join(`\n${'-'.repeat(80)}\n\n`)
}

const { version } = JSON.parse(await readFile(join(operator, 'package.json'), 'utf8'))

// Somebody may be starting the old one: it is replaced when the new one is complete.
const unfinished = `${outfile}.${process.pid}`

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: [join(operator, 'src/main.ts')],
  outfile: unfinished,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  // ES modules where a package has them: of these only what is used goes in.
  mainFields: ['module', 'main'],
  plugins: [clientConfigurationOnly],
  // Identifiers stay readable in stack traces.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  define: {
    IMAGE_REGISTRY_OPERATOR_VERSION: JSON.stringify(version),
    'process.env.NODE_ENV': '"production"',
  },
  banner: { js: banner },
  footer: { js: footer },
  metafile: true,
  logLevel: 'warning',
})

await mkdir(dirname(outfile), { recursive: true })
await chmod(unfinished, 0o755)
await rename(unfinished, outfile)
await writeFile(`${outfile}.LEGAL.txt`, await legalText(metafile.inputs))
