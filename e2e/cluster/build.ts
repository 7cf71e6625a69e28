import { mkdir, mkdtemp, rename, rm, symlink } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'

import {
  assetsFolder,
  binariesIn,
  type ControlPlaneBinaries,
  isExecutable,
  programs,
} from './binaries'
import { cachedBuildFolder } from './build-folder'
import { withBuildLock } from './build-lock'
import { goBuild, type Progress } from './go-build'

export type BuildOptions = Readonly<{
  /** Receives one line at a time, a few dozen in all; nothing if there is nothing to build. */
  onProgress?: (line: string) => void
}>

const isComplete = (folder: string): boolean => binariesIn(folder).missing.length === 0

const isOnPath = (program: string): boolean =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => folder !== '' && isExecutable(join(folder, program)))

/** What this machine lacks for a control plane, each as a sentence that says what to do; empty if nothing. */
export const missingPrerequisites = (): ReadonlyArray<string> => {
  const assets = assetsFolder()
  if (assets === undefined) {
    return isComplete(cachedBuildFolder()) || isOnPath('go')
      ? []
      : [
          'No `go` on PATH to build the control plane with: install Go 1.21 or newer ' +
            '(it fetches the version it needs), or set KUBEBUILDER_ASSETS to a folder with etcd and kube-apiserver.',
        ]
  }
  return (['etcd', 'kube-apiserver'] as const)
    .filter((program) => binariesIn(assets).missing.includes(program))
    .map((program) => `No ${program} in ${assets}: correct KUBEBUILDER_ASSETS, or unset it.`)
}

const buildInto = async (folder: string, onProgress: Progress): Promise<void> => {
  onProgress('building the control plane, once for this machine: minutes, if Go has none of it yet')
  await goBuild(join(folder, 'control-plane'), onProgress)
  for (const program of programs) await symlink('control-plane', join(folder, program))
}

const buildOnce = async (target: string, onProgress: Progress): Promise<void> => {
  if (isComplete(target)) return
  await mkdir(dirname(target), { recursive: true })
  const unfinished = await mkdtemp(`${target}.unfinished-`)
  try {
    await buildInto(unfinished, onProgress)
    await rename(unfinished, target)
    onProgress('control plane built')
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

/**
 * The programs of a control plane: those of KUBEBUILDER_ASSETS if that is set, else our own build.
 *
 * Guarantees: a build is seen by others only when it is complete; of several callers, in this or in
 * other processes, one builds and the others wait for it.
 */
export const buildControlPlane = async (
  options: BuildOptions = {},
): Promise<ControlPlaneBinaries> => {
  const assets = assetsFolder()
  if (assets !== undefined) return binariesIn(assets)
  const target = cachedBuildFolder()
  if (isComplete(target)) return binariesIn(target)
  const missing = missingPrerequisites()
  if (missing.length > 0) throw new Error(missing.join('\n'))
  const onProgress = options.onProgress ?? (() => undefined)
  await withBuildLock(target, onProgress, () => buildOnce(target, onProgress))
  return binariesIn(target)
}
