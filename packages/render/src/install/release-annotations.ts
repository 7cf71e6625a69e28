import type { KubeObject } from '../model'

const INCLUDED = 'include.release.openshift.io/'

/** Kinds of OpenShift cluster, as its release tooling names them: the control plane runs elsewhere, or in the cluster. */
const HOSTED = ['hypershift', 'ibm-cloud-managed'] as const
const SELF_MANAGED = ['self-managed-high-availability', 'single-node-developer'] as const

/** Kinds of OpenShift cluster that a release may be installed in. */
export const PROFILES = [...HOSTED, ...SELF_MANAGED] as const
export type Profile = (typeof PROFILES)[number]

type Annotations = Readonly<Record<string, string>>

const annotationsFor = (
  profiles: ReadonlyArray<Profile>,
  capability = 'ImageRegistry',
): Annotations => ({
  'capability.openshift.io/name': capability,
  ...Object.fromEntries(profiles.map((profile) => [`${INCLUDED}${profile}`, 'true'])),
})

/** What tells the release tooling of OpenShift to install an object, in which kinds of cluster; elsewhere nobody reads it. */
export const releaseAnnotations = annotationsFor(PROFILES)

/** The same, for what only clusters with a minter of cloud credentials need. */
export const credentialsAnnotations = annotationsFor(PROFILES, 'ImageRegistry+CloudCredential')

/** The same, for clusters that run their control plane themselves. */
export const selfManagedAnnotations = annotationsFor(SELF_MANAGED)

/** The same, for clusters whose control plane runs elsewhere. */
export const hostedAnnotations = annotationsFor(HOSTED)

/** Whether the release tooling would install an object in such a cluster. */
export const isIncludedIn =
  (profile: Profile) =>
  ({ metadata }: KubeObject): boolean =>
    metadata.annotations?.[`${INCLUDED}${profile}`] === 'true'

/** Annotations by which parts of OpenShift know what to do with an object. */
const isForOpenshift = (name: string): boolean => /(^|\.)openshift\.io(\/|$)/.test(name)

/** An object as it is installed where nobody reads what OpenShift's annotations say. */
export const withoutReleaseAnnotations = (object: KubeObject): KubeObject => {
  const { annotations = {}, ...metadata } = object.metadata
  const kept = Object.entries(annotations).filter(([name]) => !isForOpenshift(name))
  return {
    ...object,
    metadata: kept.length === 0 ? metadata : { ...metadata, annotations: Object.fromEntries(kept) },
  }
}
