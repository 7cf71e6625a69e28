import {
  isJsonObject,
  type Json,
  type JsonObject,
  type PartSight,
  type Storage,
  type StorageManagement,
  storagePlace,
  textOf,
} from '../../model'
import { type FormerPlace, formerPlace } from '../../storage/former-place'
import { imagePart, imageSight } from '../../storage/image-part'
import { isOwned } from '../../storage/proof'

import type { Asked } from '../asked'
import { imageProof } from './making-storage'
import { isOthers, othersBelow } from '../decided/others-fields'
import { storageConsents } from './storage-consents'

/** Who owns the storage, and whether that is ours to say. */
type DecidedManagement = {
  readonly management: StorageManagement
  readonly isOurs: boolean
}

const objectAt = (object: JsonObject, name: string): JsonObject => {
  const value = object[name]
  return isJsonObject(value) ? value : {}
}

// A claim that bears our mark was made by us, whoever has written its name into the Config.
const madeByUs = (given: Asked, storage: Storage): boolean => {
  switch (storage._tag) {
    case 'EmptyDir':
      return true
    case 'Pvc':
      return (
        storage.origin === 'default' ||
        given.facts.claims.some(({ name, ours }) => ours && name === storage.claim)
      )
    case 'S3':
      return isNamedByUs(given, 's3', 'bucket')
    case 'Gcs':
      return isNamedByUs(given, 'gcs', 'bucket')
    case 'IbmCos':
      return isNamedByUs(given, 'ibmcos', 'bucket')
    case 'Azure':
      return isNamedByUs(given, 'azure', 'container')
    case 'Swift':
      return isNamedByUs(given, 'swift', 'container')
  }
}

/** What is named was there before us; what is not is ours to make, and to name. */
const isNamedByUs = ({ spec, others }: Asked, backend: string, field: string): boolean =>
  textOf(objectAt(objectAt(spec, 'storage'), backend)[field]) === '' ||
  !isOthers(othersBelow(others, ['storage', backend, field]))

const isManagement = (value: Json | undefined): value is StorageManagement =>
  value === 'Managed' || value === 'Unmanaged'

/**
 * Whether a value that we wrote still counts: it belongs to the storage that it was written for. Where that is not known
 * any more, only the one that deletes nothing does.
 */
const isCurrent = (value: StorageManagement, former: FormerPlace): boolean =>
  former === 'here' || (former === 'unknown' && value === 'Unmanaged')

/** What is decided without a look at the storage: it is ours if we have made it, or are to. */
const unseen = (
  given: Asked,
  storage: Storage,
  said: StorageManagement | undefined,
): DecidedManagement => {
  const status = objectAt(given.subject, 'status')
  const former = formerPlace(status, storage)
  const byMaker = madeByUs(given, storage) ? 'Managed' : 'Unmanaged'
  if (said === undefined) {
    return { management: managedBefore(given, storage) ? 'Managed' : byMaker, isOurs: true }
  }
  return { management: isCurrent(said, former) ? said : byMaker, isOurs: true }
}

/** What is decided for a storage outside of the cluster that is looked at: what shows on the thing itself counts. */
const seen = (
  given: Asked,
  storage: Storage,
  said: StorageManagement | undefined,
): DecidedManagement => {
  const sight = imageSight(given.facts.storage, storage)
  const proof = imageProof(given, { storage })
  const management = ((): StorageManagement | undefined => {
    if (sight === undefined || sight._tag === 'Unseen') return said
    if (sight._tag === 'Absent') return isLost(given, storage) ? said : 'Managed'
    if (isOwned(proof) || isBegun(given, storage, sight)) return 'Managed'
    return proof === 'nobody' ? 'Unmanaged' : said
  })()
  // Nothing is written while it is not known whose it is.
  return management === undefined
    ? { management: managedBefore(given, storage) ? 'Managed' : 'Unmanaged', isOurs: false }
    : { management, isOurs: true }
}

/** It was there, and nobody has asked for another one in its place. */
const isLost = (given: Asked, storage: Storage): boolean =>
  wasHere(given, storage) && storageConsents(given.subject).recreate !== storagePlace(storage)

const managedBefore = (given: Asked, storage: Storage): boolean =>
  objectAt(given.subject, 'status')['storageManaged'] === true && wasHere(given, storage)

const wasHere = ({ subject }: Asked, storage: Storage): boolean =>
  formerPlace(objectAt(subject, 'status'), storage) === 'here'

const isBegun = ({ subject }: Asked, storage: Storage, sight: PartSight): boolean =>
  sight._tag === 'Present' &&
  sight.isEmpty === true &&
  storageConsents(subject).making === storagePlace(storage)

const NOT_OURS: DecidedManagement = { management: 'Unmanaged', isOurs: true }

/**
 * One edit has removed the registry and named another storage than that with the images: what would be decided for the one
 * that is not used any more says nothing of the one that would go.
 */
const isRemovedElsewhere = ({ state, subject }: Asked, storage: Storage): boolean =>
  state === 'Removed' && formerPlace(objectAt(subject, 'status'), storage) === 'elsewhere'

/**
 * Who owns a storage. What somebody else has said counts; otherwise what shows on the storage, or where nobody can look,
 * whether it is ours to make. An old status says it in another field only (BZ 1833109).
 */
export const storageManagement = (given: Asked, storage: Storage): DecidedManagement => {
  const inSpec = objectAt(given.spec, 'storage')['managementState']
  const said = isManagement(inSpec) ? inSpec : undefined
  if (said !== undefined && isOthers(othersBelow(given.others, ['storage', 'managementState']))) {
    return { management: said, isOurs: false }
  }
  // Nothing is decided anew while the registry is not managed.
  if (said !== undefined && given.state !== 'Managed') return { management: said, isOurs: true }
  if (said === undefined && isRemovedElsewhere(given, storage)) return NOT_OURS
  return imagePart(storage) === undefined || given.facts.storage._tag === 'Nobody'
    ? unseen(given, storage, said)
    : seen(given, storage, said)
}
