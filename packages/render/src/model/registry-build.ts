/**
 * Which registry a cluster runs: OpenShift's own, or one that is built from the distribution project, of that version. They
 * differ in what they are told, and in which storage they can use.
 */
export type RegistryBuild =
  | { readonly _tag: 'OpenShift' }
  | { readonly _tag: 'Distribution'; readonly version: readonly [major: number, minor: number] }

const OPENSHIFT: RegistryBuild = { _tag: 'OpenShift' }

const distribution = (major: number, minor: number): RegistryBuild => ({
  _tag: 'Distribution',
  version: [major, minor],
})

/** The registries that we know how to run, as REGISTRY_BUILD names them. */
export const REGISTRY_BUILDS = [
  'openshift',
  'distribution-3.0',
  'distribution-3.1',
  'distribution-2.8',
] as const

/** The registry that this cluster runs: the one that the release names, else the usual one of such a cluster. */
export const registryBuild = ({
  platform,
  release,
}: {
  readonly platform: 'OpenShift' | 'Kubernetes'
  readonly release: { readonly registry?: RegistryBuild }
}): RegistryBuild => release.registry ?? (platform === 'OpenShift' ? OPENSHIFT : distribution(3, 1))

/** What people call a registry: `openshift`, `distribution-3.1`. */
export const registryBuildName = (build: RegistryBuild): string =>
  build._tag === 'OpenShift' ? 'openshift' : `distribution-${build.version.join('.')}`

/** The registry of that name; undefined when it is none. */
export const namedRegistryBuild = (name: string): RegistryBuild | undefined => {
  if (name === 'openshift') return OPENSHIFT
  const [, major, minor] = /^distribution-(\d{1,3})\.(\d{1,3})$/.exec(name) ?? []
  return major === undefined || minor === undefined
    ? undefined
    : distribution(Number(major), Number(minor))
}

/** Whether it is a registry of the distribution project of that version, or a later one. */
export const isDistributionSince = (
  build: RegistryBuild,
  [major, minor]: readonly [number, number],
): boolean =>
  build._tag === 'Distribution' &&
  (build.version[0] > major || (build.version[0] === major && build.version[1] >= minor))

/** How blobs in a container of Azure are named: one cannot see what the other has written. */
export const azureLayout = (build: RegistryBuild): 'leading-slash' | 'no-leading-slash' =>
  isDistributionSince(build, [3, 0]) ? 'no-leading-slash' : 'leading-slash'

/** By place (see `storagePlace`), which registry has kept images there. */
export type Writers = { readonly [place: string]: RegistryBuild }
