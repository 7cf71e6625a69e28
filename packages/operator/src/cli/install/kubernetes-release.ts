import {
  registryBuild,
  registryBuildName,
  type Release,
} from '@image-registry-operator/render/model'

import { ownImage } from '../../own-image'
import { VERSION } from '../../version'

/** The registry that we know best: the newest of the distribution project, as Docker Hub has it. */
const REGISTRY_IMAGE = 'docker.io/library/registry:3.1.2'
const REGISTRY_BUILD = 'distribution-3.1'

/** No image is chosen for those who run another registry. */
const registryImage = (release: Release): string =>
  registryBuildName(registryBuild({ platform: 'Kubernetes', release })) === REGISTRY_BUILD
    ? REGISTRY_IMAGE
    : ''

/** What is installed on plain Kubernetes, where nobody releases anything but ourselves: with what nobody has said filled in. */
export const kubernetesRelease = (release: Release): Release => ({
  ...release,
  registryImage: release.registryImage || registryImage(release),
  operatorImage: release.operatorImage || ownImage(VERSION),
  version: release.version || VERSION,
})
