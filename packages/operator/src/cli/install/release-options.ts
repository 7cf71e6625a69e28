import type { Release } from '@image-registry-operator/render/model'

import { inputProblem, type InputProblem } from '../input/input-problem'

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
  imageVersion: env.imageVersion,
  ...(env.registry === undefined ? {} : { registry: env.registry }),
})

/** Without an image nothing would run. */
export const noImage = ({ registryImage }: Release): ReadonlyArray<InputProblem> =>
  registryImage === ''
    ? [inputProblem('', 'the image of the registry is empty', 'give --image, or set IMAGE')]
    : []
