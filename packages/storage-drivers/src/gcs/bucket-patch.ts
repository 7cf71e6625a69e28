import {
  type GcsConnection,
  isJsonObject,
  type Json,
  type JsonObject,
  objectsOf,
  type SettingName,
  type StoragePart,
  type StorageSetting,
} from '@image-registry-operator/render/model'
import * as O from 'fp-ts/Option'

import {
  cleanups,
  encryption,
  objectAt,
  publicAccess,
  rules,
  textsOf,
  uniformAccess,
} from './bucket-metadata'

/** The members that are not yet as wanted. */
const missing = (wanted: JsonObject, have: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(wanted).filter(([name, value]) => have[name] !== value))

const isNothing = (fields: JsonObject): boolean => Object.keys(fields).length === 0

/** A patch for the members that are not as wanted. Members that it does not name stay as they are (RFC 7396). */
const patchOf =
  (have: (bucket: JsonObject) => JsonObject, patch: (fields: JsonObject) => JsonObject) =>
  (wanted: Json, bucket: JsonObject): JsonObject => {
    const fields = missing(objectAt(wanted), have(bucket))
    return isNothing(fields) ? {} : patch(fields)
  }

const isThere = (wanted: JsonObject, have: ReadonlyArray<JsonObject>): boolean =>
  have.some((one) => isNothing(missing(wanted, one)))

/** A list is replaced as a whole, so the rules of others are sent along. */
const withCleanups = (wanted: Json, bucket: JsonObject): JsonObject => {
  const added = objectsOf(wanted).filter((one) => !isThere(one, cleanups(bucket)))
  const rule = added.map(({ days = 1 }) => ({
    action: { type: 'AbortIncompleteMultipartUpload' },
    condition: { age: days },
  }))
  return added.length === 0 ? {} : { lifecycle: { rule: [...rules(bucket), ...rule] } }
}

type Patches = {
  readonly [Name in SettingName]?: (wanted: Json, bucket: JsonObject) => JsonObject
}

const PATCHES: Patches = {
  Labeled: patchOf(
    (bucket) => textsOf(bucket['labels']),
    (labels) => ({ labels }),
  ),
  Encrypted: patchOf(encryption, (key) => ({ encryption: key })),
  UniformAccess: patchOf(uniformAccess, (uniformBucketLevelAccess) => ({
    iamConfiguration: { uniformBucketLevelAccess },
  })),
  PublicAccessBlocked: patchOf(publicAccess, (iamConfiguration) => ({ iamConfiguration })),
  IncompleteUploadCleanupEnabled: withCleanups,
}

/** The settings that are part of a bucket's own metadata. */
export const METADATA_SETTINGS: ReadonlyArray<SettingName> = [
  'Labeled',
  'Encrypted',
  'UniformAccess',
  'PublicAccessBlocked',
  'IncompleteUploadCleanupEnabled',
]

/** What to send for a setting to be right; empty when it is. None: buckets have no such setting. */
export const bucketPatch = (
  { name, wanted }: StorageSetting,
  bucket: JsonObject,
): O.Option<JsonObject> => {
  const patch = PATCHES[name]
  return patch === undefined ? O.none : O.some(patch(wanted, bucket))
}

const merged = (a: JsonObject, b: JsonObject): JsonObject => ({
  ...a,
  ...Object.fromEntries(
    Object.entries(b).map(([name, value]): readonly [string, Json] => {
      const before = a[name]
      return [name, isJsonObject(before) && isJsonObject(value) ? merged(before, value) : value]
    }),
  ),
})

/** A bucket with its marks and all of its settings: none of it comes later, so nothing is ever half made. */
export const newBucket = (
  { location, kmsKey }: GcsConnection,
  { name, marks, settings }: StoragePart,
): JsonObject => {
  const start: JsonObject = {
    name,
    ...(location === '' ? {} : { location }),
    ...(kmsKey === '' ? {} : { encryption: { defaultKmsKeyName: kmsKey } }),
  }
  const whole = settings.reduce<JsonObject>((bucket, setting) => {
    const patch = bucketPatch(setting, bucket)
    return O.isSome(patch) ? merged(bucket, patch.value) : bucket
  }, start)
  return merged(whole, { labels: marks })
}
