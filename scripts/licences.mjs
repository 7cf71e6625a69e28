import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What may be in the bundle: each of these lets it be passed on under the project's own licence, with its text beside it. */
const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']

/** The package that a bundled file belongs to, and where that is, below the root. */
const packageOf = (input) => {
  const match = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(input)
  return match === null ? undefined : { folder: match[1], name: match[2] }
}

const licenceText = async (folder) => {
  const name = (await readdir(folder)).sort().find((one) => /^licen[cs]e(\.(md|txt))?$/i.test(one))
  return name === undefined
    ? '(the package holds no licence text)'
    : (await readFile(join(folder, name), 'utf8')).trim()
}

const described = async ({ folder, name }) => {
  const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  return { folder, name, version, license }
}

const byName = (a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1)

/** All packages of which files, by their paths below `root`, went into a bundle, in the order of their names. */
export const packagesIn = async (root, inputs) => {
  const packages = new Map(
    Object.keys(inputs)
      .map(packageOf)
      .filter((one) => one !== undefined)
      .map(({ folder, name }) => [folder, { folder: join(root, folder), name }]),
  )
  return (await Promise.all([...packages.values()].map(described))).sort(byName)
}

/** Those that nobody has agreed to pass on; a licence that is said in another way than by its SPDX name is looked at by a person. */
export const refusedLicences = (packages) =>
  packages
    .filter(({ license }) => !ALLOWED.includes(license))
    .map(({ name, version, license }) => `${name} ${version}: ${JSON.stringify(license ?? 'none')}`)

const licence = async ({ folder, name, version, license }) =>
  `${name} ${version} (${license})\n\n${await licenceText(folder)}\n`

/** The licences of packages, with their texts. */
export const legalText = async (packages) =>
  (await Promise.all(packages.map(licence))).sort().join(`\n${'-'.repeat(80)}\n\n`)
