import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

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

const licence = async ({ folder, name }) => {
  const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  return `${name} ${version} (${license})\n\n${await licenceText(folder)}\n`
}

/** The licences of all packages of which files, by their paths below `root`, went into a bundle. */
export const legalText = async (root, inputs) => {
  const packages = new Map(
    Object.keys(inputs)
      .map(packageOf)
      .filter((one) => one !== undefined)
      .map(({ folder, name }) => [folder, { folder: join(root, folder), name }]),
  )
  const texts = await Promise.all([...packages.values()].map(licence))
  return texts.sort().join(`\n${'-'.repeat(80)}\n\n`)
}
