import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

import { withBuildLock } from '../../cluster/build-lock'
import type { Progress } from './run-tool'
import { missingPrerequisites, type Tool } from './tools'

/** What decides where an installation lies and how it is made. */
export type Installation = Readonly<{
  name: string
  /** All that decides the outcome besides the machine's platform; another list is another installation. */
  key: ReadonlyArray<string>
  tools: ReadonlyArray<Tool>
  /** Fills a folder that becomes `target` by a rename once it is complete. */
  fill: (folder: string, target: string) => Promise<void>
  /** Receives one line at a time; nothing if there is nothing to install. */
  onProgress: Progress
}>

/** Tells on stderr how far an installation is. */
export const toStderr: Progress = (line) => void process.stderr.write(`e2e: ${line}\n`)

const cacheRoot = (): string => process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache')

const targetOf = ({ name, key }: Pick<Installation, 'name' | 'key'>): string => {
  const hash = createHash('sha256').update(
    JSON.stringify([name, process.platform, process.arch, ...key]),
  )
  const folder = `${name}-${hash.digest('hex').slice(0, 16)}`
  return join(cacheRoot(), 'image-registry-operator', 'storage-servers', folder)
}

/** Whether this machine has an installation already. */
export const isInstalled = (installation: Pick<Installation, 'name' | 'key'>): boolean =>
  existsSync(targetOf(installation))

const install = async (installation: Installation, target: string): Promise<void> => {
  const { name, fill, onProgress } = installation
  if (existsSync(target)) return
  await mkdir(dirname(target), { recursive: true })
  const unfinished = await mkdtemp(`${target}.unfinished-`)
  const began = Date.now()
  try {
    onProgress(`installing ${name}, once for this machine`)
    await fill(unfinished, target)
    await rename(unfinished, target)
    onProgress(`${name} installed in ${Math.round((Date.now() - began) / 1000)} s`)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

/**
 * The folder of an installation, made if it is not there yet.
 *
 * Guarantees: it is seen by others only when it is complete; of several callers, in this or in other processes, one
 * installs and the others wait for it. Fails, and says what is missing, where it cannot be installed.
 */
export const installOnce = async (installation: Installation): Promise<string> => {
  const { name, tools, onProgress } = installation
  const target = targetOf(installation)
  if (existsSync(target)) return target
  const missing = missingPrerequisites(name, tools)
  if (missing.length > 0) throw new Error(missing.join('\n'))
  const waiting = (): void => onProgress(`another process is installing ${name}; waiting`)
  await withBuildLock(target, waiting, () => install(installation, target))
  return target
}
