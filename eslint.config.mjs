import { basename } from 'node:path'

import fpTs from 'eslint-plugin-fp-ts'
import tseslint from 'typescript-eslint'

// The grammar of the house. Which package may import which is in .dependency-cruiser.cjs.
// Every rule below is broken once, and seen to refuse, in scripts/rules/lint.test.ts.

/** A rule that refuses whatever matches one of the selectors. */
const ban = (message, ...selectors) => ({
  meta: { type: 'problem', schema: [] },
  create: (context) => ({
    [selectors.join(', ')]: (node) => context.report({ node, message }),
  }),
})

const isFpTs = (source) => source === 'fp-ts' || source.startsWith('fp-ts/')

const pureModules = [
  'function',
  'Either',
  'Option',
  'ReadonlyArray',
  'ReadonlyNonEmptyArray',
  'ReadonlyRecord',
  'Eq',
  'Ord',
  'string',
  'number',
  'Predicate',
]
const shellModules = [...pureModules, 'TaskEither', 'Task', 'IO']
const pipelineModules = [...shellModules, 'ReaderTaskEither']

/** Whatever is star-imported, and the one name that it has everywhere. */
const aliases = {
  'fp-ts/Either': 'E',
  'fp-ts/Option': 'O',
  'fp-ts/TaskEither': 'TE',
  'fp-ts/Task': 'T',
  'fp-ts/ReaderTaskEither': 'RTE',
  'fp-ts/ReadonlyArray': 'RA',
  'fp-ts/ReadonlyNonEmptyArray': 'RNEA',
  'fp-ts/ReadonlyRecord': 'RR',
  'fp-ts/IO': 'IO',
  'fp-ts/Eq': 'Eq',
  'fp-ts/Ord': 'Ord',
  'fp-ts/string': 'S',
  'fp-ts/number': 'N',
  'io-ts': 't',
  'fast-check': 'fc',
}

/** `import * as E from 'fp-ts/Either'`: the alias is fixed, fp-ts is imported no other way, and nothing else is. */
const starImports = {
  meta: { type: 'problem', schema: [] },
  create: (context) => ({
    ImportDeclaration: (node) => {
      const source = node.source.value
      const alias = aliases[source]
      const star = node.specifiers.find(({ type }) => type === 'ImportNamespaceSpecifier')
      const message =
        star !== undefined && alias === undefined
          ? `Name what you import from ${source}; only fp-ts, io-ts and fast-check are star-imported.`
          : star !== undefined && star.local.name !== alias
            ? `${source} is called ${alias} everywhere.`
            : star === undefined &&
                alias !== undefined &&
                isFpTs(source) &&
                node.importKind !== 'type'
              ? `Write: import * as ${alias} from '${source}'.`
              : undefined
      if (message !== undefined) context.report({ node, message })
    },
  }),
}

/** fp-ts has many modules; those given are the ones that we use here. */
const fpTsModules = {
  meta: { type: 'problem', schema: [{ type: 'array', items: { type: 'string' } }] },
  create: (context) => ({
    ImportDeclaration: (node) => {
      const source = node.source.value
      const [allowed] = context.options
      if (isFpTs(source) && !allowed.some((name) => source === `fp-ts/${name}`))
        context.report({
          node,
          message: `${source} is not among the fp-ts modules that are used here: ${allowed.join(', ')}.`,
        })
    },
  }),
}

const betterWord = (name) =>
  name.startsWith('chain')
    ? name.replace(/^chain(W?)$/, 'flatMap').replace(/^chain/, 'flatMap')
    : name === 'bind'
      ? 'bindW'
      : name.replace('fold', 'match')

/** One spelling per idea: of each pair of synonyms in fp-ts we use one. */
const fpTsWords = {
  meta: { type: 'problem', schema: [] },
  create: (context) => {
    const local = new Set()
    return {
      ImportDeclaration: (node) => {
        if (!isFpTs(node.source.value)) return
        for (const specifier of node.specifiers) local.add(specifier.local.name)
      },
      'MemberExpression[property.name=/^(chain.*|foldW?|bind)$/]': (node) => {
        if (node.object.type !== 'Identifier' || !local.has(node.object.name)) return
        const { name } = node.property
        context.report({ node, message: `Say ${betterWord(name)} instead of ${name}.` })
      },
    }
  },
}

const vague = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'types', 'base'])

/** kebab-case, and a noun or a verb rather than a drawer. */
const fileName = {
  meta: { type: 'problem', schema: [] },
  create: (context) => ({
    Program: (node) => {
      const name = basename(context.filename)
      const stem = name.replace(/\.[cm]?[jt]s$/, '').replace(/^\./, '')
      if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/.test(stem))
        context.report({ node, message: `${name} is not kebab-case.` })
      if (stem.split(/[.-]/).some((word) => vague.has(word)))
        context.report({ node, message: `${name} says nothing; name it as what it exports.` })
    },
  }),
}

const asynchronous =
  ':matches(FunctionDeclaration, FunctionExpression, ArrowFunctionExpression)[async=true]'

const house = {
  rules: {
    'star-imports': starImports,
    'fp-ts-modules': fpTsModules,
    'fp-ts-words': fpTsWords,
    'file-name': fileName,
    'no-throw': ban('Nothing throws: return a Left, or a value that says so.', 'ThrowStatement'),
    'no-class': ban(
      'Plain records and functions instead of classes.',
      'ClassDeclaration',
      'ClassExpression',
    ),
    'no-default-export': ban(
      'Named exports only.',
      'ExportDefaultDeclaration',
      'ExportSpecifier[exported.name="default"]',
    ),
    'no-export-star': ban(
      'List the names that are exported.',
      'ExportAllDeclaration[exported=null]',
    ),
    'no-default-on-tag': ban(
      'Tell all cases apart, so that a new one does not compile until somebody has decided.',
      'SwitchStatement[discriminant.property.name="_tag"] > SwitchCase[test=null]',
      'SwitchStatement[discriminant.name="_tag"] > SwitchCase[test=null]',
    ),
    'no-loop': ban(
      'Loops are for the state machines; elsewhere use map, filter, flatMap or reduce.',
      'ForStatement',
      'ForInStatement',
      'ForOfStatement',
      'WhileStatement',
      'DoWhileStatement',
    ),
    'no-async': ban('Pure code is synchronous.', asynchronous, 'AwaitExpression'),
    'no-clock': ban(
      'Pure code has no clock: take the time as an argument.',
      'NewExpression[callee.name="Date"][arguments.length=0]',
      'CallExpression[callee.name="Date"]',
      'MemberExpression[object.name="Date"][property.name="now"]',
      'Identifier[name=/^(performance|Temporal)$/]',
    ),
    'no-random': ban(
      'Pure code has no randomness: take what is random as an argument.',
      'MemberExpression[object.name="Math"][property.name="random"]',
      'Identifier[name="crypto"]',
    ),
    'no-env': ban(
      'Only config-from-env.ts reads the environment.',
      'MemberExpression[object.name="process"][property.name="env"]',
      'VariableDeclarator[init.name="process"] > ObjectPattern > Property[key.name="env"]',
      'ImportDeclaration[source.value=/^(node:)?process$/]',
    ),
    'no-other-program': ban(
      'The operator starts no program and no thread, and loads no code but its own: its image runs without the right to.',
      'ImportDeclaration[source.value=/^(node:)?(child_process|cluster|inspector|module|repl|v8|vm|wasi|worker_threads)(\\/|$)/]',
      'ImportExpression[source.value=/^(node:)?(child_process|cluster|inspector|module|repl|v8|vm|wasi|worker_threads)(\\/|$)/]',
      'ImportExpression[source.type!="Literal"]',
      'CallExpression[callee.name=/^(eval|require|Function)$/]',
      'NewExpression[callee.name="Function"]',
      'MemberExpression[property.name=/^(getBuiltinModule|binding|dlopen)$/][object.name="process"]',
      'MemberExpression[object.name=/^(globalThis|global)$/][property.name=/^(eval|Function)$/]',
    ),
    'no-file-writes': ban(
      'Files are written in the modules that eslint.config.mjs names: add this one there, and to docs/security.md, or hand the text to one of them.',
      'ImportDeclaration[source.value=/^(node:)?fs(\\/promises)?$/] > ImportSpecifier:not([imported.name=/^(access|constants|createReadStream|lstat|readdir|readFile|readlink|realpath|stat|watch)(Sync)?$/])',
      'ImportDeclaration[source.value=/^(node:)?fs(\\/promises)?$/] > ImportDefaultSpecifier',
      'ImportExpression[source.value=/^(node:)?fs(\\/promises)?$/]',
    ),
    'no-partial-test-run': ban(
      'Every test runs: no only, skip, todo or fails.',
      'MemberExpression[property.name=/^(only|skip|skipIf|runIf|todo|fails)$/][object.name=/^(it|test|describe|suite)$/]',
      'MemberExpression[property.name=/^(only|skip|skipIf|runIf|todo|fails)$/] > MemberExpression.object[object.name=/^(it|test|describe|suite)$/]',
      'CallExpression[callee.name=/^([fx](it|test|describe))$/]',
    ),
  },
}

const testFiles = ['**/*.test.ts', '**/*.e2e.ts']
/** What only tests use. */
const testSupport = [
  ...testFiles,
  '**/*.arbitrary.ts',
  'packages/*/src/testing/**/*.ts',
  'packages/simulation/**/*.ts',
  'packages/render/golden/*.ts',
]

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.types/**', 'coverage/**'] },
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { house },
    rules: {
      'house/file-name': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'anywhere' }],
      eqeqeq: ['error', 'always'],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-param-reassign': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { 'fp-ts': fpTs, house },
    rules: {
      'house/star-imports': 'error',
      'house/fp-ts-modules': ['error', shellModules],
      'house/fp-ts-words': 'error',
      'house/no-throw': 'error',
      'house/no-class': 'error',
      'house/no-default-export': 'error',
      'house/no-export-star': 'error',
      'house/no-env': 'error',
      'fp-ts/no-lib-imports': 'error',
      'fp-ts/no-discarded-pure-expression': 'error',
      'fp-ts/no-redundant-flow': 'error',
      'fp-ts/prefer-traverse': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // A switch on text may have a default; one on a closed union must not (house/no-default-on-tag).
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'house/no-default-on-tag': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // The port's functions are records of functions, not methods that need their `this`.
      '@typescript-eslint/unbound-method': 'off',
      // A function that returns a promise without awaiting is fine where a port demands a promise.
      '@typescript-eslint/require-await': 'off',
      // A switch counts once, however many cases it tells apart.
      complexity: ['error', { max: 10, variant: 'modified' }],
      'max-params': ['error', 4],
      'max-depth': ['error', 3],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    rules: { 'house/no-loop': 'error' },
  },
  {
    // What runs in a cluster, with credentials.
    files: ['packages/{render,apply,storage-drivers,operator}/src/**/*.ts'],
    rules: { 'house/no-other-program': 'error', 'house/no-file-writes': 'error' },
  },
  {
    files: [
      // The names by which nodes know the registry's authorities and hosts.
      'packages/operator/src/node-folders/node-files.ts',
      // Its own address, for the registry beside it.
      'packages/operator/src/pipeline/endpoints-file.ts',
      // `--output-dir` of a person.
      'packages/operator/src/cli/install/write-folder.ts',
      // Opens a kubeconfig to read it: there is no other way to stop in time.
      'packages/apply/src/client/read-kubeconfig.ts',
    ],
    rules: { 'house/no-file-writes': 'off' },
  },
  {
    // The state machines, and the cutting of bytes and text into what they consist of: clearer as loops.
    files: [
      'packages/apply/src/observe/reflector.ts',
      'packages/apply/src/client/json-lines.ts',
      'packages/oci-image/src/tar-files.ts',
      'packages/operator/src/cli/input/{bytes-up-to,json-fault,yaml-documents}.ts',
      'packages/operator/src/loop/run-loop.ts',
    ],
    rules: { 'house/no-loop': 'off' },
  },
  {
    files: ['packages/render/src/**/*.ts'],
    rules: {
      'house/fp-ts-modules': ['error', pureModules],
      'house/no-async': 'error',
      'house/no-clock': 'error',
      'house/no-random': 'error',
    },
  },
  {
    files: ['packages/operator/src/pipeline/**/*.ts'],
    rules: { 'house/fp-ts-modules': ['error', pipelineModules] },
  },
  {
    // Where unknown becomes known. Each assertion has a comment that says why it holds.
    files: [
      '**/*-codec.ts',
      'packages/render/src/schema/**/*.ts',
      'packages/render/src/decode/manifest/{lenient,manifest,redact}.ts',
      'packages/render/src/fields/field-path.ts',
    ],
    rules: {
      '@typescript-eslint/consistent-type-assertions': [
        'error',
        { assertionStyle: 'as', objectLiteralTypeAssertions: 'never' },
      ],
    },
  },
  {
    // The type of a codec follows from what it is made of; written out, it would be the same text again.
    files: [
      'packages/render/src/decode/codecs/**/*.ts',
      'packages/render/src/decode/manifest/lenient.ts',
    ],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  {
    // Fills in defaults: each of them counts as a branch.
    files: ['packages/render/src/decode/config/complete-config.ts'],
    rules: { complexity: 'off' },
  },
  {
    files: ['packages/operator/src/config-from-env.ts', 'e2e/**/*.ts', 'scripts/**/*.ts'],
    rules: { 'house/no-env': 'off' },
  },
  {
    // Stories and their stage: they wait, loop and give up as test code does.
    files: [...testSupport, 'e2e/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      'house/no-throw': 'off',
      'house/no-loop': 'off',
      'house/no-async': 'off',
      'house/no-clock': 'off',
      'house/no-random': 'off',
      'house/no-env': 'off',
      'house/no-other-program': 'off',
      'house/no-file-writes': 'off',
      'house/fp-ts-modules': ['error', pipelineModules],
      'max-lines-per-function': 'off',
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
    },
  },
  {
    files: testFiles,
    rules: {
      'house/no-partial-test-run': 'error',
      // Matchers such as expect.any(String) stand for anything.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    // Tools read a default export from their configuration files.
    files: ['vitest.config.ts'],
    rules: { 'house/no-default-export': 'off' },
  },
)
