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
  const writer = writerOf(place, facts)
  return writer === undefined ||
    azureLayout(writer.written) === azureLayout(build) ||
    isKnownEmpty(place, facts)
    ? E.right(undefined)
    : E.left({ _tag: 'StorageLayoutDiffers', place, ...writer, build })
}

type Writer = { readonly written: RegistryBuild; readonly isAssumed?: true }

/** What people say, else what we remember; on OpenShift, its own registry, as before we remembered. */
const writerOf = (place: string, facts: ClusterFacts): Writer | undefined => {
  const { said, remembered } = facts.writers
  const known = [said, remembered].find((writers) => Object.hasOwn(writers, place))?.[place]
  if (known !== undefined) return { written: known }
  return facts.platform === 'OpenShift'
    ? { written: { _tag: 'OpenShift' }, isAssumed: true }
    : undefined
}

const isKnownEmpty = (place: string, { storage }: ClusterFacts): boolean =>
  storage._tag === 'Looked' && storage.place === place && hasNothing(storage.sight?.parts ?? {})

const hasNothing = ({ account, container }: StorageSight['parts']): boolean =>
  account?._tag === 'Absent' ||
  container?._tag === 'Absent' ||
  (container?._tag === 'Present' && container.isEmpty === true)
