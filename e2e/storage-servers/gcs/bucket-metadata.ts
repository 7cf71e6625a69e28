import {
  anything,
  type Check,
  isBoolean,
  isRecord,
  listOf,
  oneOf,
  record,
  text,
} from '../front/json-shape'

/** A bucket as the JSON API shows it, or a part of it that was sent. */
export type BucketMetadata = Readonly<Record<string, unknown>>

const isLabels: Check = (value) =>
  isRecord(value) &&
  Object.keys(value).length <= 64 &&
  Object.entries(value).every(
    ([key, label]) =>
      /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u.test(key) &&
      (label === null || text(/^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u)(label)),
  )

const isRule: Check = (value) =>
  isRecord(value) &&
  isRecord(value['condition']) &&
  Object.keys(value['condition']).length > 0 &&
  record({
    action: record({
      type: oneOf('Delete', 'SetStorageClass', 'AbortIncompleteMultipartUpload'),
      storageClass: text(/^[A-Z_]+$/),
    }),
    condition: record({
      age: Number.isInteger,
      createdBefore: text(/^\d{4}-\d{2}-\d{2}$/),
      customTimeBefore: text(/^\d{4}-\d{2}-\d{2}$/),
      daysSinceCustomTime: Number.isInteger,
      daysSinceNoncurrentTime: Number.isInteger,
      isLive: isBoolean,
      matchesPrefix: listOf(text(/./)),
      matchesStorageClass: listOf(text(/^[A-Z_]+$/)),
      matchesSuffix: listOf(text(/./)),
      noncurrentTimeBefore: text(/^\d{4}-\d{2}-\d{2}$/),
      numNewerVersions: Number.isInteger,
    }),
  })(value)

const enabled = record({ enabled: isBoolean })

/** The resource "bucket" of the JSON API, v1: what may be sent, and in which form. */
const properties: Readonly<Record<string, Check>> = {
  kind: oneOf('storage#bucket'),
  name: text(/^(?!goog)[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/),
  location: text(/^[A-Za-z0-9-]+$/),
  storageClass: text(/^[A-Z_]+$/),
  labels: isLabels,
  encryption: record({
    defaultKmsKeyName: text(
      /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/,
    ),
  }),
  lifecycle: record({ rule: listOf(isRule) }),
  iamConfiguration: record({
    uniformBucketLevelAccess: enabled,
    bucketPolicyOnly: enabled,
    publicAccessPrevention: oneOf('inherited', 'enforced'),
  }),
  versioning: enabled,
  softDeletePolicy: record({ retentionDurationSeconds: text(/^\d+$/) }),
  // Sent by nobody here: taken as they are.
  ...Object.fromEntries(
    ['acl', 'autoclass', 'billing', 'cors', 'defaultEventBasedHold', 'defaultObjectAcl']
      .concat(['hierarchicalNamespace', 'logging', 'retentionPolicy', 'rpo', 'website'])
      .map((name) => [name, anything]),
  ),
}

/** Names of the properties that the API would not take, with what they are in; empty for a bucket that is right. */
export const unfitProperties = (sent: BucketMetadata): ReadonlyArray<string> =>
  Object.entries(sent).flatMap(([name, value]) =>
    value === null || properties[name]?.(value) === true ? [] : [name],
  )

/** A patch laid over a value as RFC 7396 says: null takes away, records are merged, all else is put in place. */
export const patched = (before: unknown, patch: unknown): unknown => {
  if (!isRecord(patch)) return patch
  const target = isRecord(before) ? before : {}
  const changed = Object.entries(patch).flatMap(([name, value]) =>
    value === null ? [] : [[name, patched(target[name], value)] as const],
  )
  const kept = Object.entries(target).filter(([name]) => !(name in patch))
  return Object.fromEntries([...kept, ...changed])
}

/** What every bucket has that was not told otherwise. */
const defaults: BucketMetadata = {
  storageClass: 'STANDARD',
  locationType: 'region',
  iamConfiguration: {
    uniformBucketLevelAccess: { enabled: false },
    publicAccessPrevention: 'inherited',
  },
  softDeletePolicy: { retentionDurationSeconds: '604800' },
}

const shownLocation = ({ location }: BucketMetadata): BucketMetadata =>
  typeof location === 'string' ? { location: location.toUpperCase() } : {}

/** A bucket as the API shows it: what the server keeps of it, and over that what was sent. */
export const shownBucket = (
  fromServer: BucketMetadata,
  sent: BucketMetadata,
  metageneration: number,
): BucketMetadata => ({
  ...(patched({ ...defaults, ...fromServer }, sent) as BucketMetadata),
  ...shownLocation({ ...fromServer, ...sent }),
  metageneration: `${metageneration}`,
})
