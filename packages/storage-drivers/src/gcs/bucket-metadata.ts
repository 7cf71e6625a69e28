import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  objectsOf,
  type SettingSight,
  textOf,
} from '@image-registry-operator/render/model'

import type { PartFound } from '../backend'

/** The object there; an empty one where there is none. */
export const objectAt = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})

/** Those of the members that are texts. */
export const textsOf = (value: Json | undefined): { readonly [name: string]: string } =>
  Object.fromEntries(
    Object.entries(objectAt(value)).flatMap(([name, text]) =>
      typeof text === 'string' ? [[name, text]] : [],
    ),
  )

const found = (value: Json): SettingSight => ({ _tag: 'Found', value })

/** What the default key is called; no member where Google's own is used. */
export const encryption = (bucket: JsonObject): JsonObject => {
  const key = textOf(objectAt(bucket['encryption'])['defaultKmsKeyName'])
  return key === '' ? {} : { defaultKmsKeyName: key }
}

/** Access by roles on the bucket only, without lists on its objects. */
export const uniformAccess = (bucket: JsonObject): JsonObject => {
  const { uniformBucketLevelAccess } = objectAt(bucket['iamConfiguration'])
  return { enabled: objectAt(uniformBucketLevelAccess)['enabled'] === true }
}

/** `inherited` unless it says otherwise. */
export const publicAccess = (bucket: JsonObject): JsonObject => ({
  publicAccessPrevention:
    textOf(objectAt(bucket['iamConfiguration'])['publicAccessPrevention']) || 'inherited',
})

/** All rules of the life of objects, as they are. */
export const rules = (bucket: JsonObject): ReadonlyArray<Json> => {
  const { rule } = objectAt(bucket['lifecycle'])
  return isJsonArray(rule) ? rule : []
}

/** A rule under another condition as well is not for all uploads. */
const cleanupDays = (rule: JsonObject): ReadonlyArray<JsonObject> => {
  const { age, ...others } = objectAt(rule['condition'])
  return textOf(objectAt(rule['action'])['type']) === 'AbortIncompleteMultipartUpload' &&
    typeof age === 'number' &&
    Object.keys(others).length === 0
    ? [{ days: age }]
    : []
}

/** After how many days uploads that nobody has ended are given up, rule by rule. */
export const cleanups = (bucket: JsonObject): ReadonlyArray<JsonObject> =>
  objectsOf(rules(bucket)).flatMap(cleanupDays)

/** What the metadata of a bucket tells. Marks are labels. */
export const foundBucket = (bucket: JsonObject): PartFound => {
  const labels = textsOf(bucket['labels'])
  return {
    _tag: 'Present',
    marks: labels,
    settings: {
      Labeled: found(labels),
      Encrypted: found(encryption(bucket)),
      UniformAccess: found(uniformAccess(bucket)),
      PublicAccessBlocked: found(publicAccess(bucket)),
      IncompleteUploadCleanupEnabled: found(cleanups(bucket)),
    },
    details: { location: textOf(bucket['location']) },
  }
}
