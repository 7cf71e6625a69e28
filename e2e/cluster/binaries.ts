import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The programs of a control plane, by the names their files have. */
export const programs = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubectl',
] as const

export type Program = (typeof programs)[number]

/** Where the programs of a control plane are, and which of them are nowhere. */
export type ControlPlaneBinaries = Readonly<{
  folder: string
  paths: Readonly<Partial<Record<Program, string>>>
  missing: ReadonlyArray<Program>
}>

export const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The programs found in a folder. */
export const binariesIn = (folder: string): ControlPlaneBinaries => {
  const found = programs.filter((program) => isExecutable(join(folder, program)))
  return {
    folder,
    paths: Object.fromEntries(found.map((program) => [program, join(folder, program)])),
    missing: programs.filter((program) => !found.includes(program)),
  }
}

/** The folder of ready-made programs that the environment names, as it does for envtest. */
export const assetsFolder = (): string | undefined => process.env['KUBEBUILDER_ASSETS'] || undefined

const isOnPath = (program: string): boolean =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => folder !== '' && isExecutable(join(folder, program)))

/** What this machine lacks for a control plane, each as a sentence that says what to do; empty if nothing. */
export const missingPrerequisites = (): ReadonlyArray<string> => {
  const assets = assetsFolder()
  if (assets === undefined) {
    return isOnPath('go')
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
