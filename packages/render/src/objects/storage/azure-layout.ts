import * as E from 'fp-ts/Either'

import {
  azureLayout,
  type AzureStorage,
  type ClusterFacts,
  type RegistryBuild,
  registryBuild,
  type RenderProblem,
  storagePlace,
  type StorageSight,
} from '../../model'

/**
 * Whether the registry that is to run finds the images in a container: blobs in Azure are named in two ways, and nothing
 * that a registry can be told makes one see what the other has written. What has nothing in it is anybody's.
 */
export const azureLayoutKept = (
  storage: AzureStorage,
  facts: ClusterFacts,
): E.Either<RenderProblem, unknown> => {
  const place = storagePlace(storage) ?? ''
  const build = registryBuild(facts)
  const written = writerOf(place, facts)
  return written === undefined ||
    azureLayout(written) === azureLayout(build) ||
    isKnownEmpty(place, facts)
    ? E.right(undefined)
    : E.left({ _tag: 'StorageLayoutDiffers', place, written, build })
}

/** What people say, else what we remember; on OpenShift, its own registry, as before we remembered. */
const writerOf = (place: string, facts: ClusterFacts): RegistryBuild | undefined => {
  const { said, remembered } = facts.writers
  if (Object.hasOwn(said, place)) return said[place]
  if (Object.hasOwn(remembered, place)) return remembered[place]
  return facts.platform === 'OpenShift' ? { _tag: 'OpenShift' } : undefined
}

const isKnownEmpty = (place: string, { storage }: ClusterFacts): boolean =>
  storage._tag === 'Looked' && storage.place === place && hasNothing(storage.sight?.parts ?? {})

const hasNothing = ({ account, container }: StorageSight['parts']): boolean =>
  account?._tag === 'Absent' ||
  container?._tag === 'Absent' ||
  (container?._tag === 'Present' && container.isEmpty === true)
