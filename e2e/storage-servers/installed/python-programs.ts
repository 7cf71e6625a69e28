import { execFile } from 'node:child_process'
import { lstat, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { installOnce, toStderr } from './install-once'
import { type Progress, runTool } from './run-tool'
import { missingPrerequisites } from './tools'

/** Programs that are published as Python packages, in an environment of their own. */
export type PythonRequirements = Readonly<{
  name: string
  /** As pip takes them: `moto[server]==5.2.5`. */
  requirements: ReadonlyArray<string>
  onProgress?: Progress
}>

/** A Python environment with the packages that were asked for. */
export type PythonPrograms = Readonly<{
  folder: string
  /** The interpreter that sees the packages. */
  python: string
  /** The path of one of the programs that the packages brought. */
  program: (name: string) => string
  /** The folder of the packages' own files. */
  sitePackages: string
}>

const runFile = promisify(execFile)

const describePython = 'import sys; print(sys.version, sys.base_prefix)'

/** An environment works with the interpreter that made it only, so that one is part of its key. */
const pythonVersion = async (): Promise<string> => {
  const { stdout } = await runFile('python3', ['-c', describePython])
  return stdout.trim()
}

const largestScript = 64 * 1024

/** Programs name their interpreter by its path, which ends where the finished environment will be. */
const nameFinishedFolder = async (folder: string, target: string): Promise<void> => {
  const bin = join(folder, 'bin')
  for (const path of (await readdir(bin)).map((name) => join(bin, name))) {
    const found = await lstat(path)
    if (!found.isFile() || found.size > largestScript) continue
    const text = await readFile(path, 'utf8')
    if (text.includes(folder)) await writeFile(path, text.replaceAll(folder, target))
  }
}

const makeEnvironment = async (
  { requirements, name }: PythonRequirements,
  [folder, target]: readonly [string, string],
  onProgress: Progress,
): Promise<void> => {
  await runTool({ tool: 'python3', args: ['-m', 'venv', folder], cwd: folder })
  let collected = 0
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', ...requirements]
  await runTool({ tool: join(folder, 'bin/python'), args: pip, cwd: folder }, (line) => {
    if (line.startsWith('Collecting') && ++collected % 20 === 0)
      onProgress(`${name}: ${collected} packages collected`)
    if (line.startsWith('Installing collected')) onProgress(`${name}: unpacking`)
  })
  await nameFinishedFolder(folder, target)
}

/** A Python environment with these requirements, which is made if this machine does not have it yet. */
export const pythonPrograms = async (asked: PythonRequirements): Promise<PythonPrograms> => {
  const { name, requirements, onProgress = toStderr } = asked
  const missing = missingPrerequisites(name, ['python3'])
  if (missing.length > 0) throw new Error(missing.join('\n'))
  const folder = await installOnce({
    name,
    key: [...requirements, await pythonVersion()],
    tools: ['python3'],
    fill: (unfinished, target) => makeEnvironment(asked, [unfinished, target], onProgress),
    onProgress,
  })
  const [version = ''] = await readdir(join(folder, 'lib'))
  return {
    folder,
    python: join(folder, 'bin/python'),
    program: (program) => join(folder, 'bin', program),
    sitePackages: join(folder, 'lib', version, 'site-packages'),
  }
}
