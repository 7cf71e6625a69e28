import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'

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
