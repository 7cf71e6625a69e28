import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { bundlePath } from '../harness/bundle'
import { debianPrograms } from '../storage-servers/installed/debian-programs'
import { programOnPath } from '../storage-servers/installed/tools'
import { goPackages } from '../node/go-packages'

/** A client of registries that needs no container engine. */
const crane = {
  name: 'crane',
  module: 'github.com/google/go-containerregistry',
  version: 'v0.22.1',
  packages: ['cmd/crane'],
}

/** The path of crane, compiled if this machine does not have it yet. */
const craneProgram = async (): Promise<string> => join(await goPackages(crane), 'crane')

/** What guides call besides what every Linux has. */
const ofTheMachine = ['curl', 'openssl']

/** htpasswd of Apache, with its libraries. */
const apacheUtils = {
  name: 'apache2-utils',
  packages: ['apache2-utils', 'libapr1|libapr1t64', 'libaprutil1|libaprutil1t64'],
}

/** Installs what guides call and this machine does not have yet. */
export const installGuidePrograms = async (): Promise<void> => {
  await craneProgram()
  await debianPrograms(apacheUtils)
}

const writeScript = async (path: string, lines: ReadonlyArray<string>): Promise<void> => {
  await writeFile(path, `#!/bin/sh\n${lines.join('\n')}\n`)
  await chmod(path, 0o755)
}

/** The path of an htpasswd in a folder, fetched if this machine does not have it yet. */
export const htpasswdIn = async (folder: string): Promise<string> => {
  const { program, environment } = await debianPrograms(apacheUtils)
  const variables = Object.entries(environment).map(([name, value]) => `${name}='${value}'`)
  const path = join(folder, 'htpasswd')
  await writeScript(path, [`${variables.join(' ')} exec '${program('htpasswd')}' "$@"`])
  return path
}

/** Programs by the names that guides call them by. */
export type Programs = Readonly<Record<string, string>>

/** Makes a folder for PATH: the operator's program, crane, and others by their paths. */
export const programFolder = async (folder: string, others: Programs): Promise<string> => {
  const missing = ofTheMachine.filter((name) => programOnPath(name) === undefined)
  if (missing.length > 0) throw new Error(`Guides need ${missing.join(' and ')} on PATH.`)
  await mkdir(folder)
  await writeScript(join(folder, 'image-registry-operator'), [
    `exec '${process.execPath}' '${bundlePath}' "$@"`,
  ])
  const programs = { crane: await craneProgram(), ...others }
  for (const [name, path] of Object.entries(programs)) await symlink(path, join(folder, name))
  return folder
}
