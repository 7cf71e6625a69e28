import type { Programs } from './guide-programs'

/** Kinds of clusters that guides are for. */
export type Platform = 'openshift' | 'kubernetes'

/** Where a guide is followed. */
export type GuideWorld = Readonly<{
  /** Of the administrator who follows it. */
  kubeconfigPath: string
  kubectlPath: string | undefined
  /** Further variables of the environment. */
  env?: Readonly<Record<string, string>>
  /** Further programs in PATH: paths by name. */
  programs?: Programs
  /** What lies in the folder in which the reader begins: paths by name. */
  files?: Programs
}>
