import type {
  Config,
  EnsureStorage,
  PartSight,
  StorageFacts,
  StoragePart,
  StorageStep,
  StorageTarget,
} from '../../model'
import { contains } from '../../storage/contains'
import { imagesProof } from '../../storage/images-proof'
import { mayMake } from '../../storage/may-make'
import { isOwned, proofOf } from '../../storage/proof'
import { storageRef } from './storage-ref'

/** What is to be made, or put right, of the storage that a registry is to have. */
export const ensuredStorage = (
  config: Config,
  target: StorageTarget,
  facts: StorageFacts,
): ReadonlyArray<EnsureStorage> => {
  if (config.storageManagement !== 'Managed') return []
  const steps = target.parts.flatMap((part) => partSteps(config, target, facts, part))
  return steps.length === 0
    ? []
    : [{ _tag: 'EnsureStorage', ref: storageRef(target), target, steps }]
}

const partSteps = (
  config: Config,
  target: StorageTarget,
  facts: StorageFacts,
  part: StoragePart,
): ReadonlyArray<StorageStep> => {
  const { parts = {} } = facts.sight ?? {}
  const found = parts[part.kind]
  switch (found?._tag) {
    case undefined:
    case 'Unseen':
      return []
    case 'Absent':
      return mayCreate(config, target, facts.sight) ? creation(part) : []
    case 'Present':
      return isOwned(proofOf(found, part))
        ? corrections(part, found, facts)
        : marking(config, target, part, found)
  }
}

/** What we were about to make is there, and nobody has said that it is his. */
const marking = (
  config: Config,
  target: StorageTarget,
  { kind, holdsImages }: StoragePart,
  found: PartSight,
): ReadonlyArray<StorageStep> =>
  // The place names what images are in; an account around it that has no tags may be anybody's.
  holdsImages && isBegun(config, target) && isUnmarked(found) ? [{ _tag: 'Mark', part: kind }] : []

/** It has been written down that we are about to make this storage, or we were when something stopped us. */
const isBegun = ({ storageConsents: { making } }: Config, { place }: StorageTarget): boolean =>
  making === place

const isUnmarked = (sight: PartSight): boolean =>
  sight._tag === 'Present' &&
  sight.isEmpty === true &&
  sight.marks !== undefined &&
  Object.keys(sight.marks).length === 0

/**
 * Nothing is made before it is written down, so that nothing can be forgotten. What only belongs to images that are there,
 * a key or an endpoint, may always be made.
 */
const mayCreate = (config: Config, target: StorageTarget, seen: StorageFacts['sight']): boolean => {
  const images = target.parts.find(({ holdsImages }) => holdsImages)
  const sight = images === undefined ? undefined : seen?.parts[images.kind]
  return sight?._tag === 'Present'
    ? isOwned(imagesProof(target, seen))
    : isBegun(config, target) && mayMake(config)
}

const creation = ({ kind, settings }: StoragePart): ReadonlyArray<StorageStep> => [
  { _tag: 'Create', part: kind },
  ...settings.map((setting): StorageStep => ({ _tag: 'Set', part: kind, setting })),
]

/** What could not be seen may be right; what the service does not have cannot be. */
const corrections = (
  { kind, settings }: StoragePart,
  sight: PartSight,
  { troubles }: StorageFacts,
): ReadonlyArray<StorageStep> =>
  settings
    .filter(({ name, wanted }) => {
      const found = sight._tag === 'Present' ? sight.settings[name] : undefined
      const isKnownNotToWork = troubles.some(
        ({ part, setting, error }) =>
          part === kind && setting === name && error._tag === 'Unsupported',
      )
      return found?._tag === 'Found' && !contains(found.value, wanted) && !isKnownNotToWork
    })
    .map((setting) => ({ _tag: 'Set', part: kind, setting }))
