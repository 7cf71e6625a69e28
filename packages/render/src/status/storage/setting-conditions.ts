import { describeStorageError } from '../../errors-text/describe-storage-error'
import type {
  Condition,
  ConditionType,
  KubeObject,
  PartSight,
  SettingSight,
  StorageError,
  StoragePart,
  StorageSetting,
} from '../../model'
import { contains } from '../../storage/contains'
import { isOwned, type Proof, proofOf } from '../../storage/proof'
import { previousCondition } from '../timed-condition'
import type { OutsideStorage } from './outside-storage'
import { reasonOf } from './reason-of'
import { TOLD_SETTINGS, type ToldSetting } from './told-settings'

/**
 * What is to be told of the settings of a storage that is ours; nothing of what is somebody else's, or not there. What
 * nobody has seen yet is as it was, if it is the same storage. Several parts may have the same setting: then the worst of them is told.
 */
export const settingConditions = (
  subject: KubeObject,
  outside: OutsideStorage,
): ReadonlyArray<Condition> => {
  const all = (outside.target?.parts ?? []).flatMap((part) => ofPart(subject, outside, part))
  const types = new Set(all.map(({ type }) => type))
  return [...types].flatMap((type) => worst(all.filter((condition) => condition.type === type)))
}

const ofPart = (
  subject: KubeObject,
  outside: OutsideStorage,
  part: StoragePart,
): ReadonlyArray<Condition> => {
  const sight = outside.facts?.sight?.parts[part.kind]
  const proof: Proof = proofOf(sight, part)
  return part.settings.flatMap((setting) => {
    const told = TOLD_SETTINGS[setting.name]
    if (told === undefined || proof === 'nobody') return []
    const found = sight?._tag === 'Present' ? sight.settings[setting.name] : undefined
    const hiding = outside.management === 'Managed' ? hidingError(part, setting, sight) : undefined
    if (hiding !== undefined) return [{ type: told.type, ...notSeen(hiding) }]
    return isOwned(proof) && found !== undefined
      ? [{ type: told.type, ...settingSays(told, setting, found, failure(outside, part, setting)) }]
      : before(subject, outside, told.type)
  })
}

/**
 * What keeps us from seeing whose a part is: nothing of it is set meanwhile. It is told where it was met, or with every
 * setting where it was met elsewhere.
 */
const hidingError = (
  { settings }: StoragePart,
  { name }: StorageSetting,
  sight: PartSight | undefined,
): StorageError | undefined => {
  if (sight?._tag !== 'Present' || sight.marks !== undefined) return undefined
  const isToldHere = (other: string): boolean =>
    other === name || !settings.some((setting) => setting.name === other)
  return Object.entries(sight.settings).flatMap(([other, found]) =>
    found._tag === 'NotSeen' && isToldHere(other) ? [found.error] : [],
  )[0]
}

/** What was told of the storage before this one says nothing of it. */
const before = (
  subject: KubeObject,
  { wasThere }: OutsideStorage,
  type: ConditionType,
): ReadonlyArray<Condition> => {
  const previous = previousCondition(subject, type)
  if (previous === undefined) return []
  const { status, reason, message } = previous
  return [{ type, ...(wasThere ? { status, reason, message } : NOT_SEEN_YET) }]
}

const NOT_SEEN_YET: Omit<Condition, 'type'> = {
  status: 'Unknown',
  reason: 'NotSeenYet',
  message: 'The storage has not been looked at yet',
}

const failure = (
  { facts }: OutsideStorage,
  part: StoragePart,
  { name }: StorageSetting,
): StorageError | undefined =>
  facts?.troubles.find((trouble) => trouble.part === part.kind && trouble.setting === name)?.error

type Said = Omit<Condition, 'type'>

const notSeen = (error: StorageError): Said => ({
  status: 'Unknown',
  reason: reasonOf(error),
  message: describeStorageError(error),
})

const settingSays = (
  { reason, what }: ToldSetting,
  { wanted }: StorageSetting,
  found: SettingSight,
  failed: StorageError | undefined,
): Said => {
  switch (found._tag) {
    case 'NotSupported':
      return notSupported(found.error)
    case 'NotSeen':
      return notSeen(found.error)
    case 'Found':
      return contains(found.value, wanted)
        ? { status: 'True', reason, message: what }
        : notAsWanted(failed)
  }
}

const NOT_SUPPORTED = 'NotSupported'

const notSupported = (error: StorageError): Said => ({
  status: 'False',
  reason: NOT_SUPPORTED,
  message: describeStorageError(error),
})

const notAsWanted = (failed: StorageError | undefined): Said => {
  if (failed === undefined)
    return { status: 'False', reason: 'NotAsWanted', message: 'It is being put right' }
  return failed._tag === 'Unsupported'
    ? notSupported(failed)
    : { status: 'False', reason: reasonOf(failed), message: describeStorageError(failed) }
}

/** What is wrong comes before what is not known, and that before what cannot be otherwise. */
const badness = ({ status, reason }: Condition): number => {
  if (status === 'True') return 0
  if (reason === NOT_SUPPORTED) return 1
  return status === 'Unknown' ? 2 : 3
}

const worst = (conditions: ReadonlyArray<Condition>): ReadonlyArray<Condition> => {
  const most = Math.max(...conditions.map(badness))
  return conditions.filter((condition) => badness(condition) === most).slice(0, 1)
}
