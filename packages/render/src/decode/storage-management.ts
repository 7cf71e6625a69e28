import {
  isJsonObject,
  type Json,
  type JsonObject,
  type Storage,
  storageFields,
  type StorageManagement,
  textOf,
} from '../model'

import type { Asked } from './asked'
import { BACKEND_NAMES } from './chosen-storage'
import { isOthers, othersBelow } from './others-fields'

/** Who owns the storage, and whether that is ours to say. */
type DecidedManagement = {
  readonly management: StorageManagement
  readonly isOurs: boolean
}

const objectAt = (object: JsonObject, name: string): JsonObject => {
  const value = object[name]
  return isJsonObject(value) ? value : {}
}

/** Where images were when the status was last written. */
type Former = 'unknown' | 'here' | 'elsewhere'

const formerOf = (status: JsonObject, storage: Storage): Former => {
  const former = objectAt(status, 'storage')
  if (!BACKEND_NAMES.some((name) => former[name] !== undefined)) return 'unknown'
  const isHere = Object.entries(storageFields(storage)).every(
    ([backend, place]) => former[backend] !== undefined && isSamePlace(former, backend, place),
  )
  return isHere ? 'here' : 'elsewhere'
}

/** The fields that say which place it is. */
const PLACES = ['accountName', 'bucket', 'claim', 'container']

const isSamePlace = (former: JsonObject, backend: string, place: Json): boolean =>
  PLACES.every(
    (field) =>
      textOf(objectAt(former, backend)[field]) === textOf(objectAt({ place }, 'place')[field]),
  )

// A claim that bears our mark was made by us, whoever has written its name into the Config.
const madeByUs = ({ facts: { claims } }: Asked, storage: Storage): boolean => {
  switch (storage._tag) {
    case 'EmptyDir':
      return true
    case 'Pvc':
      return (
        storage.origin === 'default' ||
        claims.some(({ name, ours }) => ours && name === storage.claim)
      )
    // What is named was there before us; what is not is ours to make.
    case 'S3':
    case 'Gcs':
    case 'IbmCos':
      return storage.bucket === ''
    case 'Azure':
    case 'Swift':
      return storage.container === ''
  }
}

const isManagement = (value: Json | undefined): value is StorageManagement =>
  value === 'Managed' || value === 'Unmanaged'

/**
 * Whether a value that we wrote still counts: it belongs to the storage that it was written for. Where that is not known
 * any more, only the one that deletes nothing does.
 */
const isCurrent = (value: StorageManagement, former: Former): boolean =>
  former === 'here' || (former === 'unknown' && value === 'Unmanaged')

/**
 * Who owns a storage. What somebody else has said counts; otherwise it is ours if we have made it. An old status says it
 * in another field only (BZ 1833109).
 */
export const storageManagement = (given: Asked, storage: Storage): DecidedManagement => {
  const said = objectAt(given.spec, 'storage')['managementState']
  const status = objectAt(given.subject, 'status')
  const former = formerOf(status, storage)
  const decided = madeByUs(given, storage) ? 'Managed' : 'Unmanaged'
  if (!isManagement(said)) {
    const wasManaged = status['storageManaged'] === true && former === 'here'
    return { management: wasManaged ? 'Managed' : decided, isOurs: true }
  }
  if (isOthers(othersBelow(given.others, ['storage', 'managementState']))) {
    return { management: said, isOurs: false }
  }
  // Nothing is decided anew while the registry is not managed.
  const isKept = given.state !== 'Managed' || isCurrent(said, former)
  return { management: isKept ? said : decided, isOurs: true }
}
