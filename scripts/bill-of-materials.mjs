/** The name that tools for known weaknesses know a package of npm by: `pkg:npm/%40scope/name@1.0.0`. */
const npmUrl = ({ name, version }) => `pkg:npm/${name.replace('@', '%40')}@${version}`

/** The digest of each package in a lock file of pnpm, by `name@version`. */
const digestsIn = (lockFile) =>
  new Map(
    [
      ...lockFile.matchAll(
        /^ {2}'?([^'\s]+@[^'\s]+?)'?:\n {4}resolution: \{integrity: sha512-([^}]+)\}/gm,
      ),
    ].map(([, key, base64]) => [key, Buffer.from(base64, 'base64').toString('hex')]),
  )

const hashes = (content) => (content === undefined ? [] : [{ alg: 'SHA-512', content }])

const library = (digests) => (one) => ({
  type: 'library',
  'bom-ref': npmUrl(one),
  name: one.name,
  version: one.version,
  hashes: hashes(digests.get(`${one.name}@${one.version}`)),
  licenses: [{ license: { id: one.license } }],
  purl: npmUrl(one),
})

/** A package that is there twice, for different companions, is one. */
const uniqueIn = (components) => [
  ...new Map(components.map((one) => [one['bom-ref'], one])).values(),
]

/**
 * What is in the bundle, and the Node that it is shipped with, in CycloneDX; without a time and without chance, so that the same
 * source gives the same bytes. What Debian's packages add to the image stands there in `var/lib/dpkg/status.d`.
 */
export const billOfMaterials = ({ version, node, lockFile, packages }) => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: {
    component: {
      type: 'application',
      'bom-ref': 'image-registry-operator',
      name: 'image-registry-operator',
      version,
      licenses: [{ license: { id: 'Apache-2.0' } }],
    },
  },
  components: [
    {
      type: 'platform',
      'bom-ref': `pkg:generic/node@${node}`,
      name: 'node',
      version: node,
      cpe: `cpe:2.3:a:nodejs:node.js:${node}:*:*:*:lts:*:*:*`,
      purl: `pkg:generic/node@${node}`,
    },
    ...uniqueIn(packages.map(library(digestsIn(lockFile)))),
  ],
})
