import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { installOnce, toStderr } from '../storage-servers/installed/install-once'
import { type Progress, runTool } from '../storage-servers/installed/run-tool'

/** Programs that are published as packages of one Go module. */
export type GoPackages = Readonly<{
  name: string
  module: string
  version: string
  /** Below the module; a program is called as the last part of its package's path. */
  packages: ReadonlyArray<string>
  onProgress?: Progress
}>

/** What `go install` is told to install. */
export const goSources = ({
  module,
  version,
  packages,
}: Pick<GoPackages, 'module' | 'version' | 'packages'>): ReadonlyArray<string> =>
  packages.map((path) => `${module}/${path}@${version}`)

/** No C compiler is needed, and no go.mod, go.work or flag of the developer's own counts. */
export const goEnvironment = { CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off' }

/** What every Go program of the node is built with. */
export const goFlags = ['-v', '-buildvcs=false', '-trimpath'] as const

/** Counts what Go says line by line, and tells every hundredth. */
export const goProgress = (name: string, onProgress: Progress): Progress => {
  let downloaded = 0
  let compiled = 0
  return (line) => {
    if (line.startsWith('go: downloading')) downloaded += 1
    else compiled += 1
    if ((downloaded + compiled) % 100 === 0)
      onProgress(`${name}: ${downloaded} modules downloaded, ${compiled} packages compiled`)
  }
}

/** The folder of these programs, which are compiled if this machine does not have them yet. */
export const goPackages = (asked: GoPackages): Promise<string> => {
  const { name, onProgress = toStderr } = asked
  const sources = goSources(asked)
  const fill = async (folder: string): Promise<void> => {
    const cwd = await mkdtemp(join(tmpdir(), 'go-packages-'))
    try {
      const args = ['install', ...goFlags, '-ldflags', '-s -w', ...sources]
      const environment = { ...goEnvironment, GOBIN: folder }
      await runTool({ tool: 'go', args, cwd, environment }, goProgress(name, onProgress))
    } finally {
      await rm(cwd, { recursive: true, force: true })
    }
  }
  return installOnce({ name, key: sources, tools: ['go'], fill, onProgress })
}
