import type { RegistryBuild } from './registry-build'

/** What this build of the operator deploys: the images and the version of the release. */
export type Release = {
  /** Image of the registry (environment variable IMAGE). */
  readonly registryImage: string
  /** Image of this operator (OPERATOR_IMAGE). */
  readonly operatorImage: string
  /** Image of the pruner (IMAGE_PRUNER). */
  readonly prunerImage: string
  /** Version of the release (RELEASE_VERSION); empty when not part of one. */
  readonly version: string
  /**
   * Version that the image of this operator was built as (OPERATOR_IMAGE_VERSION). Empty, or that of a snapshot:
   * the version of the cluster counts.
   */
  readonly imageVersion: string
  /** Which registry that image is (REGISTRY_BUILD); absent: the usual one of the platform. */
  readonly registry?: RegistryBuild
}
