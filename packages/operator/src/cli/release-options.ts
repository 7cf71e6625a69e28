import type { Release } from '@image-registry-operator/render/model'

/** Flags that say which images and which version to deploy. */
export type ReleaseOptions = {
  readonly image?: string
  readonly operatorImage?: string
  readonly imagePruner?: string
  readonly releaseVersion?: string
}

/** The release that the environment names, with what the flags say in its place. */
export const releaseOf = (env: Release, options: ReleaseOptions): Release => ({
  registryImage: options.image ?? env.registryImage,
  operatorImage: options.operatorImage ?? env.operatorImage,
  prunerImage: options.imagePruner ?? env.prunerImage,
  version: options.releaseVersion ?? env.version,
})
