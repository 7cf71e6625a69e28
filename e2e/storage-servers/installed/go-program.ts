import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { installOnce, toStderr } from './install-once'
import { type Progress, runTool } from './run-tool'

/** A program that is published as a Go package. */
export type GoProgram = Readonly<{
  name: string
  /** The package and its version, as `go install` takes them: `example.org/module/cmd/program@v1.2.3`. */
  source: string
  onProgress?: Progress
}>

const compile = async (source: string, folder: string, onProgress: Progress): Promise<void> => {
  let downloaded = 0
  let compiled = 0
  // The folder of the sources is nobody's module: a go.mod or go.work around here must not count.
  const environment = { CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off', GOBIN: folder }
  const args = ['install', '-v', '-buildvcs=false', '-trimpath', '-ldflags', '-s -w', source]
  await runTool({ tool: 'go', args, cwd: folder, environment }, (line) => {
    if (line.startsWith('go: downloading')) downloaded += 1
    else compiled += 1
    if ((downloaded + compiled) % 100 === 0)
      onProgress(`${source}: ${downloaded} modules downloaded, ${compiled} packages compiled`)
  })
}

/** The path of a Go program, which is compiled if this machine does not have it yet. */
export const goProgram = async ({
  name,
  source,
  onProgress = toStderr,
}: GoProgram): Promise<string> => {
  const folder = await installOnce({
    name,
    key: [source],
    tools: ['go'],
    fill: (unfinished) => compile(source, unfinished, onProgress),
    onProgress,
  })
  const [program] = await readdir(folder)
  if (program === undefined) throw new Error(`${source} has no program in it`)
  return join(folder, program)
}
