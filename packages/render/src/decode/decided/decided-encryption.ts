import {
  isJsonObject,
  type Json,
  type JsonObject,
  type S3Storage,
  type SettingSight,
  type Storage,
} from '../../model'
import { formerPlace } from '../../storage/former-place'
import { imageSight } from '../../storage/image-part'
import { isOwned } from '../../storage/proof'

import type { Asked } from '../asked'
import { imageProof } from '../storage/making-storage'
import { isOthers, othersBelow } from './others-fields'

/** A storage, and the fields of `spec.storage` that we decide. */
type Saying = { readonly storage: Storage; readonly ours: JsonObject }

const objectAt = (object: JsonObject, name: string): JsonObject => {
  const value = object[name]
  return isJsonObject(value) ? value : {}
}

/**
 * `encrypt` of a bucket of ours, which is to be true once the bucket has been seen to encrypt, as the original has it. It
 * is taken back when another bucket is chosen, or the service does not have it: there it would fail every push. Where
 * anybody else has said something of it, that counts.
 */
export const decidedEncryption = (given: Asked, { storage, ours }: Saying): Saying => {
  if (storage._tag !== 'S3' || given.state !== 'Managed' || isSaidByOthers(given))
    return { storage, ours }
  const encrypt = isToEncrypt(given, storage)
  return encrypt === storage.encrypt
    ? { storage, ours }
    : {
        storage: { ...storage, encrypt, asSpecified: saying(storage.asSpecified, encrypt) },
        ours: withPlace(ours, saying(objectAt(ours, 's3'), encrypt)),
      }
}

const isSaidByOthers = ({ others }: Asked): boolean =>
  isOthers(othersBelow(others, ['storage', 's3', 'encrypt']))

const isToEncrypt = (given: Asked, storage: S3Storage): boolean => {
  const found = encryption(given, storage)
  switch (found?._tag) {
    case 'Found':
      return isOn(found.value) || storage.encrypt
    case 'NotSupported':
      return false
    case 'NotSeen':
    case undefined:
      return storage.encrypt && !hasMoved(given, storage)
  }
}

/** What has been seen of a bucket that is ours. */
const encryption = (given: Asked, storage: S3Storage): SettingSight | undefined => {
  const sight = imageSight(given.facts.storage, storage)
  return sight?._tag === 'Present' && isOwned(imageProof(given, { storage }))
    ? sight.settings.Encrypted
    : undefined
}

const isOn = (value: Json): boolean => isJsonObject(value) && Object.keys(value).length > 0

/** What was said of another bucket does not count for this one. */
const hasMoved = ({ subject }: Asked, storage: S3Storage): boolean =>
  formerPlace(objectAt(subject, 'status'), storage) === 'elsewhere'

const saying = ({ encrypt: _former, ...rest }: JsonObject, encrypt: boolean): JsonObject =>
  encrypt ? { ...rest, encrypt } : rest

const withPlace = ({ s3: _former, ...rest }: JsonObject, s3: JsonObject): JsonObject =>
  Object.keys(s3).length === 0 ? rest : { ...rest, s3 }
