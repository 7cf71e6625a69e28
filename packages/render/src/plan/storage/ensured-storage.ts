import type {
  Config,
  EnsureStorage,
  PartKind,
  PartSight,
  SettingName,
  StorageFacts,
  StoragePart,
  StorageStep,
  StorageTarget,
} from '../../model'
import { contains } from '../../storage/contains'
import { halfMade, isBegun } from '../../storage/half-made'
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
  const isOurs = config.storageManagement === 'Managed'
  return errand(
    target,
    target.parts
      .filter((part) => isOurs || isKey(part))
      .flatMap((part) => partSteps(config, target, facts, part))
      .filter((step) => !isClosing(step) || hasPrivateWay(target, facts)),
  )
}

/** From then on nobody gets to the storage by the public network. */
const isClosing = (step: StorageStep): boolean =>
  step._tag === 'Set' && step.setting.name === 'NetworkAccess'

/**
 * Pods would not get to their images any more if the public way ended before the private one begins, which may never be. An
 * endpoint of others may lead elsewhere.
 */
const hasPrivateWay = ({ parts }: StorageTarget, { sight }: StorageFacts): boolean =>
  parts.every((part) => {
    const found = sight?.parts[part.kind]
    if (part.kind === 'private-endpoint') return isOwned(proofOf(found, part))
    return part.kind !== 'private-dns' || found?._tag === 'Present'
  })

/** What a registry is let in with. It changes nothing of what it opens, so it is made for storage of others as well. */
const isKey = ({ kind }: StoragePart): boolean => kind === 'resource-key'

/** What is to be marked as ours before it can go: we made it, and something kept us from saying so. */
export const markedStorage = (
  config: Config,
  target: StorageTarget,
  facts: StorageFacts,
): ReadonlyArray<EnsureStorage> =>
  config.storageManagement === 'Managed' ? errand(target, marking(config, target, facts)) : []

const errand = (
  target: StorageTarget,
  steps: ReadonlyArray<StorageStep>,
): ReadonlyArray<EnsureStorage> =>
  steps.length === 0 ? [] : [{ _tag: 'EnsureStorage', ref: storageRef(target), target, steps }]

const marking = (
  config: Config,
  target: StorageTarget,
  facts: StorageFacts,
): ReadonlyArray<StorageStep> => {
  const part = halfMade(config, target, facts)
  return part === undefined || isKnownNotToWork(facts, part.kind)
    ? []
    : [{ _tag: 'Mark', part: part.kind }]
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
      return mayCreate(config, target, facts, part) ? creation(part) : []
    case 'Present':
      return isOwned(proofOf(found, part))
        ? corrections(part, found, facts)
        : marking(config, target, facts).filter((step) => step.part === part.kind)
  }
}

/**
 * Nothing is made before it is written down, so that nothing can be forgotten. What only belongs to images that are there
 * may always be made: an endpoint for ours, a key whosever they are, since without one nobody can even see whose.
 */
const mayCreate = (
  config: Config,
  target: StorageTarget,
  facts: StorageFacts,
  part: StoragePart,
): boolean => {
  const seen = facts.sight
  const images = target.parts.find(({ holdsImages }) => holdsImages)
  const sight = images === undefined ? undefined : seen?.parts[images.kind]
  return sight?._tag === 'Present'
    ? isKey(part) || isOwned(imagesProof(target, seen))
    : isBegun(config, target) && mayMake(config)
}

const creation = ({ kind, settings }: StoragePart): ReadonlyArray<StorageStep> => [
  { _tag: 'Create', part: kind },
  ...settings.map((setting): StorageStep => ({ _tag: 'Set', part: kind, setting })),
]

/** What the service does not have it will not have the next time either. Without a setting: a mark. */
const isKnownNotToWork = (
  { troubles }: StorageFacts,
  kind: PartKind,
  name?: SettingName,
): boolean =>
  troubles.some(
    ({ part, setting, error }) => part === kind && setting === name && error._tag === 'Unsupported',
  )

/** What could not be seen may be right; what the service does not have cannot be. */
const corrections = (
  { kind, settings }: StoragePart,
  sight: PartSight,
  facts: StorageFacts,
): ReadonlyArray<StorageStep> =>
  settings
    .filter(({ name, wanted }) => {
      const found = sight._tag === 'Present' ? sight.settings[name] : undefined
      return (
        found?._tag === 'Found' &&
        !contains(found.value, wanted) &&
        !isKnownNotToWork(facts, kind, name)
      )
    })
    .map((setting) => ({ _tag: 'Set', part: kind, setting }))
