// What scripts/bundle.mjs has esbuild do with the libraries.

const CLIENT = /[\\/]@kubernetes[\\/]client-node[\\/]/

/** Should a new version of a library call what was left out of it, it says so, instead of failing in some other way. */
const absent = (what, exported) => ({
  contents: `
    const absent = () => { throw new Error(${JSON.stringify(`${what} is not in this bundle`)}) }
    ${exported}`,
})

/**
 * Of the Kubernetes library we use the configuration, not the requests (see http-kube-client.ts). These are two
 * thirds of what would be in the bundle, and every start would pay for reading them.
 */
export const clientConfigurationOnly = {
  name: 'client-configuration-only',
  setup: ({ onLoad, onResolve, resolve }) => {
    onResolve({ filter: /^@kubernetes\/client-node$/ }, ({ path, resolveDir }) =>
      resolve(`${path}/dist/config.js`, { resolveDir, kind: 'import-statement' }),
    )
    onResolve({ filter: /^(undici|\.\/gen\/.*)$/ }, ({ path, importer }) =>
      CLIENT.test(importer) ? { path, namespace: 'left-out' } : undefined,
    )
    onLoad({ filter: /./, namespace: 'left-out' }, ({ path }) =>
      absent(
        `${path} of @kubernetes/client-node`,
        `export const Agent = absent, ProxyAgent = absent
         export const createConfiguration = absent, ServerConfiguration = absent, of = absent`,
      ),
    )
  },
}

/** The name, without its ending, of the file for such a library. */
export const cloudFile = (library) => library.replace('@', '').replace('/', '-')

/**
 * Leaves the libraries for clouds out of the main file: there `import()` loads them from the folder beside it.
 * `loaded` is given each one's name, and from where it was asked for.
 */
export const cloudsBeside = ({ libraries, folder, loaded }) => ({
  name: 'clouds-beside',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^[^./]/ }, ({ path, kind, resolveDir }) => {
      if (!libraries.includes(path)) return undefined
      if (kind !== 'dynamic-import')
        return { errors: [{ text: `${path} would be read at every start: load it by import()` }] }
      loaded.set(path, resolveDir)
      return { path: `./${folder}/${cloudFile(path)}.mjs`, external: true }
    })
  },
})

/**
 * What the libraries for clouds have, and we never call, with what is expected of it: to look for credentials in the
 * environment and in home directories (ours are always given), to read lists of blobs that are not XML, to open a browser, to
 * log in to a proxy by Kerberos.
 */
const NEVER_CALLED = {
  '@aws-sdk/credential-provider-node': 'export const defaultProvider = () => absent',
  'apache-arrow': 'export const tableFromIPC = absent',
  open: 'export default absent',
  kerberos: 'export default absent',
}

/** Puts an error in the place of each. */
export const neverCalled = {
  name: 'never-called',
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /./ }, ({ path }) =>
      Object.hasOwn(NEVER_CALLED, path) ? { path, namespace: 'never-called' } : undefined,
    )
    onLoad({ filter: /./, namespace: 'never-called' }, ({ path }) =>
      absent(path, NEVER_CALLED[path]),
    )
  },
}

/**
 * Nothing leads the libraries for clouds elsewhere: their environment is empty. Of the environment they would take regions,
 * proxies, hosts to send secrets to, and whether to write requests on standard error.
 */
export const noEnvironment = {
  name: 'no-environment',
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^(node:)?process$/ }, () => ({
      path: 'process',
      namespace: 'no-environment',
    }))
    onLoad({ filter: /./, namespace: 'no-environment' }, () => ({
      contents: `
        const own = Object.getOwnPropertyDescriptors(process)
        const env = { value: {}, enumerable: true }
        module.exports = Object.create(Object.getPrototypeOf(process), { ...own, env })`,
    }))
  },
}

/** Each library from where the program asks for it: it is nobody else's dependency. */
export const entriesFrom = (loaded) => ({
  name: 'entries',
  setup: ({ onResolve, resolve }) => {
    onResolve({ filter: /./ }, ({ path, kind }) =>
      kind === 'entry-point'
        ? resolve(path, { kind: 'import-statement', resolveDir: loaded.get(path) })
        : undefined,
    )
  },
})
