import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'

import { kubernetesVersion } from '../cluster/build-folder'
import { installOnce, toStderr } from '../storage-servers/installed/install-once'
import { type Progress, runTool } from '../storage-servers/installed/run-tool'
import { goEnvironment, goFlags, goProgress } from './go-packages'

const sourceFolder = join(import.meta.dirname, 'programs')

/** What is linked into the one program of the node that is made from Kubernetes' own packages. */
const linkedPrograms = ['kubelet', 'kube-proxy', 'coredns'] as const

/** Contents of all sources, with their paths: with the versions in go.mod they decide the outcome. */
const sourcesHash = (): string => {
  const hash = createHash('sha256')
  for (const file of readdirSync(sourceFolder, { recursive: true }).map(String).sort()) {
    if (!/\.(go|mod|sum)$/.test(file)) continue
    hash.update(`${file}\n`).update(readFileSync(join(sourceFolder, file)))
  }
  return hash.digest('hex')
}

/** Without these the kubelet reports v0.0.0. */
const versionFlags = (version: string): string => {
  const [major, minor] = version.slice(1).split('.')
  return [`gitVersion=${version}`, `gitMajor=${major}`, `gitMinor=${minor}`]
    .map((assignment) => `-X k8s.io/component-base/version.${assignment}`)
    .join(' ')
}

const build = async (folder: string, version: string, onProgress: Progress): Promise<void> => {
  const flags = [...goFlags, '-mod=readonly', '-ldflags', `-s -w ${versionFlags(version)}`]
  const args = ['build', ...flags, '-o', `${folder}/`, './...']
  await runTool(
    { tool: 'go', args, cwd: sourceFolder, environment: goEnvironment },
    goProgress('node', onProgress),
  )
  for (const program of linkedPrograms) await symlink('kubernetes', join(folder, program))
}

/** What decides which build of `programs` it is. */
export const ownInstallation = (): Readonly<{ name: string; key: ReadonlyArray<string> }> => ({
  name: 'node',
  key: [kubernetesVersion(), sourcesHash()],
})

/**
 * The folder of what is built from `programs`: kubelet, kube-proxy, coredns, supervisor, pause and probe; compiled
 * if this machine does not have them yet.
 */
export const ownPrograms = (onProgress: Progress = toStderr): Promise<string> =>
  installOnce({
    ...ownInstallation(),
    tools: ['go'],
    fill: (folder) => build(folder, kubernetesVersion(), onProgress),
    onProgress,
  })
