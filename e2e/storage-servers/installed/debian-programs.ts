import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

import { isExecutable } from '../../cluster/binaries'
import { installOnce, toStderr } from './install-once'
import { type Progress, runTool } from './run-tool'

/** Programs that are published as Debian packages. */
export type DebianPackages = Readonly<{
  name: string
  /**
   * Packages to unpack, libraries included: nothing is looked up that they depend on. Where releases name a
   * package differently, all its names, separated by `|`: the first that there is.
   */
  packages: ReadonlyArray<string>
  onProgress?: Progress
}>

/** Packages unpacked into a folder; nothing is installed on the machine. */
export type DebianPrograms = Readonly<{
  folder: string
  /** The path of a program, wherever the packages put it. */
  program: (name: string) => string
  /** What the programs need in their environment to find the libraries that came with them. */
  environment: Readonly<Record<string, string>>
}>

/** All state of apt in a folder of its own; sources and keys are the machine's. */
const aptOptions = (state: string): ReadonlyArray<string> =>
  [
    `Dir::State=${state}`,
    `Dir::State::lists=${state}/lists`,
    `Dir::State::status=${state}/status`,
    `Dir::Cache=${state}/cache`,
    // There is no other user to become without root.
    'APT::Sandbox::User=root',
    'Acquire::Languages=none',
    'Acquire::Retries=3',
  ].flatMap((option) => ['-o', option])

const makeState = async (state: string): Promise<void> => {
  for (const folder of ['lists/partial', 'cache/archives/partial'])
    await mkdir(join(state, folder), { recursive: true })
  await writeFile(join(state, 'status'), '')
}

const downloadFirst = async (
  state: string,
  [name, ...others]: ReadonlyArray<string>,
): Promise<void> => {
  const args = [...aptOptions(state), 'download', name ?? '']
  try {
    await runTool({ tool: 'apt-get', args, cwd: state })
  } catch (error) {
    if (others.length === 0) throw error
    await downloadFirst(state, others)
  }
}

const unpack = async (
  { name, packages }: DebianPackages,
  folder: string,
  onProgress: Progress,
): Promise<void> => {
  const state = join(folder, '.apt')
  await makeState(state)
  onProgress(`${name}: reading the lists of the machine's package sources`)
  await runTool({ tool: 'apt-get', args: [...aptOptions(state), 'update'], cwd: state })
  for (const names of packages) await downloadFirst(state, names.split('|'))
  const archives = (await readdir(state)).filter((file) => file.endsWith('.deb'))
  for (const archive of archives)
    await runTool({ tool: 'dpkg-deb', args: ['-x', archive, folder], cwd: state })
  await rm(state, { recursive: true })
}

/** Packages of one release do not run on every other, so the release is part of the key. */
const release = async (): Promise<string> => {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter((line) => /^(ID|VERSION_ID|VERSION_CODENAME)=/.test(line))
    .join(' ')
}

const libraryPath = async (folder: string): Promise<string> => {
  const parents = [join(folder, 'usr/lib'), join(folder, 'lib')]
  const found = await Promise.all(
    parents.map(async (parent) => {
      const names = await readdir(parent).catch((): ReadonlyArray<string> => [])
      return names.filter((name) => name.includes('-linux-')).map((name) => join(parent, name))
    }),
  )
  return [...found.flat(), ...parents].join(delimiter)
}

const programIn = (folder: string, name: string): string => {
  const path = ['usr/bin', 'usr/sbin', 'bin', 'sbin']
    .map((bin) => join(folder, bin, name))
    .find(isExecutable)
  if (path === undefined) throw new Error(`No ${name} in the packages of ${folder}`)
  return path
}

/** These packages unpacked, which are downloaded if this machine does not have them yet; needs no root. */
export const debianPrograms = async (asked: DebianPackages): Promise<DebianPrograms> => {
  const { name, packages, onProgress = toStderr } = asked
  const folder = await installOnce({
    name,
    key: [...packages, await release()],
    tools: ['apt-get', 'dpkg-deb'],
    fill: (unfinished) => unpack(asked, unfinished, onProgress),
    onProgress,
  })
  return {
    folder,
    program: (program) => programIn(folder, program),
    environment: { LD_LIBRARY_PATH: await libraryPath(folder) },
  }
}
