// Who may import whom. Every rule is broken once, and seen to refuse, in scripts/rules/imports.test.ts.

const tests = [
  '[.](test|e2e|arbitrary)[.]ts$',
  '^packages/[^/]+/src/testing/',
  '^packages/render/golden/',
  '^packages/simulation/',
]
const entrances = '^packages/[^/]+/src/(model/|testing/)?index[.]ts$'
const model = '^packages/render/src/model/'

/** Parts of packages/render, and the parts that they may import besides themselves and the model. */
const renderParts = {
  model: [],
  'digest.ts': [],
  'once-known.ts': [],
  fields: ['once-known.ts'],
  schema: [],
  // What several stages have to know of storage outside of the cluster.
  storage: ['digest.ts'],
  decode: ['schema', 'fields', 'storage', 'digest.ts', 'once-known.ts'],
  objects: ['storage', 'digest.ts'],
  'render.ts': ['objects', 'storage', 'digest.ts'],
  'errors-text': [],
  plan: ['digest.ts', 'fields', 'storage'],
  status: ['digest.ts', 'fields', 'errors-text', 'storage'],
  events: ['fields', 'errors-text'],
  // What the operator grants to the registry and the pruner, it has to be allowed itself.
  install: [
    'schema',
    'decode',
    'objects/rights/cluster-role.ts',
    'objects/pruner/pruner-role.ts',
    'objects/monitoring/alert.ts',
    'objects/monitoring/operator-monitoring.ts',
  ],
}

/** Libraries beyond fp-ts that a part of packages/render may use. */
const libraries = { 'digest.ts': '@noble', decode: 'io-ts', schema: 'io-ts', install: 'io-ts' }

const path = (part) =>
  `^packages/render/src/${part.replace('.', '[.]')}${part.endsWith('.ts') ? '$' : '/'}`
const nameOf = (part) => part.replace('.ts', '')

const partRules = Object.entries(renderParts).flatMap(([part, others]) => [
  {
    name: `${nameOf(part)}-stays-in-its-place`,
    comment: `render/${part} may import of packages/ only: ${[part, 'model', ...others].join(', ')}.`,
    severity: 'error',
    from: { path: path(part), pathNot: tests },
    to: { path: '^(packages|e2e|scripts)/', pathNot: [part, 'model', ...others].map(path) },
  },
  {
    name: `${nameOf(part)}-has-few-libraries`,
    comment: `render/${part} may use of libraries only: fp-ts${part in libraries ? `, ${libraries[part]}` : ''}.`,
    severity: 'error',
    from: { path: path(part), pathNot: tests },
    to: {
      dependencyTypes: ['npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown', 'core'],
      pathNot: [
        '/node_modules/fp-ts/',
        `/node_modules/${libraries[part] ?? 'fp-ts'}/`,
        '^packages/',
      ],
    },
  },
])

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Imports of types count as well: what needs each other belongs together.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      comment: 'The import leads nowhere, or past the exports of the package.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-dependencies-only',
      comment: 'What is used is in the package.json of the package, under dependencies.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: '^packages/' },
    },
    ...partRules,
    {
      name: 'render-parts-are-known',
      comment: 'A new part of packages/render says in renderParts, above, what it may import.',
      severity: 'error',
      from: {
        path: '^packages/render/src/',
        pathNot: [
          ...Object.keys(renderParts).map(path),
          '^packages/render/src/index[.]ts$',
          ...tests,
        ],
      },
      to: {},
    },
    {
      name: 'render-has-no-effects',
      comment: 'packages/render is pure: what it returns is done elsewhere.',
      severity: 'error',
      from: { path: '^packages/render/src/', pathNot: tests },
      to: { path: '/node_modules/fp-ts/(lib|es6)/(Task|IO|Reader|State|Console|Date|Random)' },
    },
    {
      name: 'render-has-no-node',
      comment: 'packages/render runs anywhere: no modules of Node.',
      severity: 'error',
      from: { path: '^packages/render/src/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'render-knows-no-shell',
      comment: 'packages/render imports no other package.',
      severity: 'error',
      from: { path: '^packages/render/' },
      to: { path: '^(packages/(?!render/)|e2e/)' },
    },
    {
      name: 'apply-knows-the-model-only',
      comment: 'packages/apply decides nothing: of the other packages it knows the nouns.',
      severity: 'error',
      from: { path: '^packages/apply/src/', pathNot: tests },
      to: { path: '^packages/', pathNot: ['^packages/apply/', model] },
    },
    {
      name: 'storage-drivers-know-the-model-only',
      comment:
        'packages/storage-drivers decides nothing: of the other packages it knows the nouns.',
      severity: 'error',
      from: { path: '^packages/storage-drivers/src/', pathNot: tests },
      to: { path: '^packages/', pathNot: ['^packages/storage-drivers/', model] },
    },
    {
      name: 'hands-do-not-know-each-other',
      comment:
        'apply and storage-drivers meet in operator only; not even their tests import each other.',
      severity: 'error',
      from: { path: '^packages/(apply|storage-drivers)/' },
      to: { path: '^packages/(apply|storage-drivers)/', pathNot: '^packages/$1/' },
    },
    {
      name: 'drivers-do-not-know-each-other',
      comment: 'What two drivers share is not about either: put it beside them.',
      severity: 'error',
      from: { path: '^packages/storage-drivers/src/([^/]+)/', pathNot: tests },
      to: {
        path: '^packages/storage-drivers/src/[^/]+/',
        pathNot: ['^packages/storage-drivers/src/($1|s3-compatible)/'],
      },
    },
    {
      name: 'one-file-knows-the-kubernetes-library',
      comment: 'Everyone else speaks to the port, kube-client.ts.',
      severity: 'error',
      from: { pathNot: '^packages/apply/src/client/http-kube-client[.]ts$' },
      to: { path: '/node_modules/@kubernetes/client-node/' },
    },
    {
      name: 'nobody-imports-the-operator',
      comment:
        'packages/operator puts the others together. e2e runs its bundle; the simulation runs it in a world of its own.',
      severity: 'error',
      from: { pathNot: '^packages/(operator|simulation)/' },
      to: { path: '^packages/operator/' },
    },
    {
      name: 'images-know-nobody',
      comment: 'packages/oci-image makes images of files: what is in them is for others to say.',
      severity: 'error',
      from: { path: '^packages/oci-image/' },
      to: { path: '^(packages/(?!oci-image/)|e2e/)' },
    },
    {
      name: 'programs-know-no-images',
      comment: 'Images are made of the program, by packages/operator/image and e2e; it makes none.',
      severity: 'error',
      from: { path: '^packages/', pathNot: '^packages/(oci-image|operator/image)/' },
      to: { path: '^packages/(oci-image|operator/image)/' },
    },
    {
      name: 'packages-have-entrances',
      comment: 'A package is entered by its root, /model or /testing; nothing deeper.',
      severity: 'error',
      from: { path: '^(packages/[^/]+|e2e|scripts)/' },
      to: { path: '^packages/', pathNot: ['^$1/', entrances] },
    },
    {
      name: 'packages-have-names',
      comment: 'Across packages by their names; relative paths stay inside.',
      severity: 'error',
      from: { path: '^(packages/[^/]+|e2e|scripts)/' },
      to: { path: '^packages/', pathNot: '^$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'testing-is-for-tests',
      comment: 'What src/testing offers is not for the program.',
      severity: 'error',
      from: { path: '^packages/', pathNot: tests },
      to: { path: tests },
    },
    {
      name: 'e2e-sees-from-outside',
      comment:
        'e2e knows the nouns and the contracts of the packages, makes images, and runs the rest as users do.',
      severity: 'error',
      from: { path: '^e2e/' },
      to: {
        path: '^packages/',
        pathNot: [
          model,
          '^packages/[^/]+/src/testing/index[.]ts$',
          '^packages/oci-image/src/index[.]ts$',
        ],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^packages/[^/]+/dist/', '^[.]types/'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.d.ts', '.json'],
    },
  },
}
